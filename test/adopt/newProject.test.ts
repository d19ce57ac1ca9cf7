/** Questions lead to the files of a project that has nothing to complain about. */

import { expect, test } from "vitest";
import { interview } from "../../server/src/cli/init.ts";
import { mappingFileOf, newProject } from "../../server/src/core/adopt/newProject.ts";
import { nextQuestion, problemWith } from "../../server/src/core/adopt/questions.ts";
import { format } from "../../server/src/core/features/formatting.ts";
import { formProblems, readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";

/** Plays an interview: what is answered to each question, in turn; the rest takes what is suggested. */
async function play(answers: Readonly<Record<string, string>>, folder = "Acme Access!") {
  const asked: string[] = [];
  const given = await interview(new Map(), folder, {
    async ask(question) {
      const { key, suggestion } = question;
      asked.push(key);
      const answer = answers[key] ?? suggestion;
      expect(answer, `nothing to answer to ${key}`).toBeDefined();
      return answer as string;
    },
  });
  return { asked, given, files: newProject(given) };
}

const OKTA = { "directories.0.type": "okta", "directories.0.domain": "acme.okta.com", site: "datadoghq.eu" };
const ENTRA = { "directories.0.type": "entra", "directories.0.tenant": "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10" };

test.each([
  ["Okta", OKTA, { type: "okta", domain: "acme.okta.com", claim: "name" }],
  ["Okta, some groups", { ...OKTA, "directories.0.groups": "dd-*" }, { groups: "dd-*" }],
  ["Entra", { ...ENTRA, site: "us3.datadoghq.com" }, { type: "entra", claim: "id" }],
  [
    "Entra of a government",
    { ...ENTRA, "directories.0.cloud": "usgov", "directories.0.claim": "name", site: "ddog-gov.com" },
    { cloud: "usgov", claim: "name" },
  ],
  [
    "Google",
    {
      "directories.0.type": "google",
      "directories.0.customer": "C0123abc",
      "directories.0.admin": "reader@acme.com",
      site: "datadoghq.com",
    },
    { type: "google", customer: "C0123abc", admin: "reader@acme.com" },
  ],
  [
    "SCIM",
    { "directories.0.type": "scim", "directories.0.url": "https://scim.example.com/v2", site: "datadoghq.com" },
    { type: "scim", url: "https://scim.example.com/v2" },
  ],
])("%s", async (_, answers, expected) => {
  const { files } = await play(answers);
  const [project, mappings] = [...files.values()] as [string, string];
  const read = readProject("accessmap.yaml", project);
  expect(read.problems).toEqual([]);
  expect(formProblems(readMappingFile("access/prod.accessmap.yaml", mappings))).toEqual([]);
  expect([...read.content.directories.values()]).toEqual([expect.objectContaining(expected)]);
  for (const [file, text] of files) expect(format(file, text), `${file} is not as the formatter leaves it`).toEqual([]);
});

test("several directories, an organization of its own name, paths that ask for more", async () => {
  const { asked, files } = await play({
    ...OKTA,
    project: "acme",
    "directories.1.type": "okta",
    "directories.1.domain": "acme-old.okta.com",
    organization: "EU.main",
    directory: "okta2",
    id: "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005",
    teams: "saml",
    attribute: "member of",
    users: "deactivate",
  });
  expect(asked).toContain("directories.2.type");
  expect([...files.keys()]).toEqual(["accessmap.yaml", "access/EU.main.accessmap.yaml"]);
  const { content, problems } = readProject("accessmap.yaml", files.get("accessmap.yaml") ?? "");
  expect(problems).toEqual([]);
  expect([content.name, [...content.directories.keys()]]).toEqual(["acme", ["okta", "okta2"]]);
  expect(content.organizations.get("EU.main")).toMatchObject({
    directory: { value: "okta2" },
    attribute: { value: "member of" },
    id: { value: "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005" },
    push: { roles: "scim", teams: "saml", users: "deactivate" },
  });
});

test("the attribute is asked for only where something goes through SAML", async () => {
  expect((await play(OKTA)).asked).not.toContain("attribute");
  expect((await play({ ...OKTA, roles: "saml" })).asked).toContain("attribute");
});

test.each([
  ["Acme Access!", "acme-access"],
  ["", "access"],
  ["._-", "access"],
  ["ünïcode", "n-code"],
  ["a".repeat(80), "a".repeat(63)],
])("a folder %j suggests the name %j", (folder, name) => {
  const question = nextQuestion(new Map(), folder);
  expect(question?.suggestion).toBe(name);
  expect(question && problemWith(question, name)).toBeUndefined();
});

test.each([
  [{}, "project", "Acme", /acme-access/],
  [{ project: "a" }, "directories.0.type", "ldap", /okta, entra, google, scim/],
  [{ project: "a", "directories.0.type": "okta" }, "directories.0.domain", "https://acme.okta.com/", /acme\.okta\.com/],
  [{ project: "a", "directories.0.type": "okta" }, "directories.0.domain", "", /acme\.okta\.com/],
])("%j: %s cannot be %j", (before, key, answer, said) => {
  const question = nextQuestion(new Map(Object.entries(before)));
  expect(question?.key).toBe(key);
  expect(question && problemWith(question, answer)).toMatch(said);
});

test.each([
  ["prod", "access/prod.accessmap.yaml"],
  ["../../etc/x", "access/..-..-etc-x.accessmap.yaml"],
  ["CON", "access/CON-.accessmap.yaml"],
  ["aux.eu", "access/aux-.eu.accessmap.yaml"],
  ["console", "access/console.accessmap.yaml"],
])("mappings of %j go into %s", (organization, file) => {
  expect(mappingFileOf(organization)).toBe(file);
});
