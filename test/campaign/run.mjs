/**
 * Thousands of random reads of every system under random faults. Counts what must never happen: something that exists
 * called "not found", and access taken away because a read missed something. The same seed makes the same choices.
 *
 *     node test/campaign/run.mjs [--seed 1] [--reads 10000] [--only okta,entra] [--self-check]
 *
 * With `--self-check` the product is broken on purpose, once in each way below, and the campaign has to notice.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");
const scratch = join(root, ".cache/campaign");

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    reads: { type: "string" },
    only: { type: "string" },
    "self-check": { type: "boolean", default: false },
  },
});

/** Ways to break the product: a file, what stands there, and what shall stand there instead. */
const PLANTS = [
  {
    name: "no match proves absence, whatever the read",
    file: "core/model/knowledge.ts",
    from: `if (knowledge.complete) return { answer: "absent"`,
    to: `if (knowledge.state === "known") return { answer: "absent"`,
    expects: "falseAbsences",
  },
  {
    name: "every gap is overlooked",
    file: "core/model/knowledge.ts",
    from: `return knowledge.complete ? undefined : (knowledge.gap ?? incomplete(knowledge.source));`,
    to: "return undefined;",
    expects: "falseRemovals",
  },
  {
    name: "failed pages end a list as if it were whole",
    file: "http/listing.ts",
    from: "if (!listing.gap) return complete(source, asOf, items);",
    to: "return complete(source, asOf, items);",
    expects: "falseAbsences",
  },
];

const code = values["self-check"] ? await selfCheck() : await campaign();
process.exit(code);

async function campaign() {
  const { run, render } = await load("campaign");
  const result = await run(options(10_000), (line) => console.error(line));
  console.log(render(result));
  return result.falseAbsences + result.falseRemovals === 0 ? 0 : 1;
}

async function selfCheck() {
  let missed = 0;
  for (const [index, plant] of PLANTS.entries()) {
    const { run } = await load(`planted-${index}`, plant);
    const result = await run(options(400), () => {});
    const noticed = result[plant.expects] > 0;
    if (!noticed) missed++;
    const counts = `${result.falseAbsences} false absences, ${result.falseRemovals} removals in ${result.reads} reads`;
    console.log(`${noticed ? "noticed" : "MISSED "}: ${plant.name} (${counts})`);
  }
  return missed === 0 ? 0 : 1;
}

function options(reads) {
  return {
    seed: values.seed,
    reads: Number(values.reads ?? reads),
    ...(values.only ? { only: values.only.split(",") } : {}),
  };
}

/** The campaign as one module of plain JavaScript, with the product in it as it is or as `plant` breaks it. */
async function load(name, plant) {
  mkdirSync(scratch, { recursive: true });
  const outfile = join(scratch, `${name}.mjs`);
  let planted = false;
  const breaking = {
    name: "breaking",
    setup({ onLoad }) {
      if (!plant) return;
      const path = join(root, "server/src", plant.file);
      onLoad({ filter: /\.ts$/ }, (args) => {
        if (args.path !== path) return undefined;
        const text = readFileSync(path, "utf8");
        planted = text.includes(plant.from);
        return { contents: text.replace(plant.from, plant.to), loader: "ts" };
      });
    },
  };
  await build({
    entryPoints: [join(root, "test/campaign/campaign.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
    plugins: [breaking],
  });
  if (plant && !planted) throw new Error(`${plant.file} no longer holds: ${plant.from}`);
  return import(pathToFileURL(outfile).href);
}
