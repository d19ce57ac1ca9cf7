/**
 * What of others is in the bundles: a bill of materials in CycloneDX 1.6 for machines, and their licences for people.
 * Both come from the files that the bundler took in, so that neither names more or less; neither holds a time or a path.
 * https://cyclonedx.org/docs/1.6/json/ (2026-11)
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `inputs` are paths of bundled files, as the bundler tells them. */
export function writeBill(root, out, inputs) {
  const packages = packagesOf(root, inputs);
  writeFileSync(join(out, "sbom.cdx.json"), `${JSON.stringify(toBill(root, packages), undefined, 2)}\n`);
  writeFileSync(join(out, "THIRD-PARTY-NOTICES.txt"), toNotices(packages));
}

/** Packages with their place in `node_modules`, sorted by name and version. The same version in several places is one package. */
function packagesOf(root, inputs) {
  const folders = [...inputs].flatMap(
    (input) => /^(?:.*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [],
  );
  const packages = [...new Set(folders)].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    return [`${name} ${version}`, { folder, name, version, license, text: licenceText(join(root, folder)) }];
  });
  return [...new Map(packages).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)\b/i.test(name));
  return file && readFileSync(join(folder, file), "utf8").trim();
}

function toBill(root, packages) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", ...identify(name, version), ...licensed(license) } },
    components: packages.map((one) => ({
      type: "library",
      ...identify(one.name, one.version),
      ...hashed(lock.packages[one.folder]?.integrity),
      ...licensed(one.license),
    })),
  };
}

function identify(name, version) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return { "bom-ref": purl, name, version, purl };
}

/** An identifier of SPDX, or several in an expression. */
function licensed(license) {
  if (!license) return {};
  return { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] };
}

/** The lock file's hash of the package as it was published. */
function hashed(integrity) {
  const content = /^sha512-(.*)$/.exec(integrity ?? "")?.[1];
  return content ? { hashes: [{ alg: "SHA-512", content: Buffer.from(content, "base64").toString("hex") }] } : {};
}

function toNotices(packages) {
  const blocks = packages.map(({ name, version, license, text }) =>
    [`${name} ${version} (${license})`, ...(text ? [text] : [])].join("\n\n"),
  );
  const head = "accessmap contains the following packages, each under the licence that stands with it.";
  return `${[head, ...blocks].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
