/**
 * Thousands of random reads of every system under random faults. Counts what must never happen: something that exists
 * called "not found", and access taken away because a read missed something. The same seed makes the same choices.
 *
 *     node test/campaign/run.mjs [--seed 1] [--reads 10000] [--only okta,entra] [--at 99] [--threads 2] [--self-check]
 *
 * `--at` repeats one read by its number. With `--self-check` the product is broken on purpose, once in each way below, and the campaign has to notice.
 */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { bundle as bundleFile } from "../support/bundle.mjs";

const root = resolve(import.meta.dirname, "../..");

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    reads: { type: "string" },
    only: { type: "string" },
    at: { type: "string" },
    threads: { type: "string", default: "2" },
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
  const module = await bundle("campaign");
  const { render, merge } = await import(module);
  const threads = values.at === undefined ? Number(values.threads) : 1;
  const shares = Array.from({ length: threads }, (_, share) =>
    inThread(module, { ...options(10_000), share, threads }),
  );
  const result = merge(await Promise.all(shares));
  console.log(render(result));
  return result.falseAbsences + result.falseRemovals === 0 ? 0 : 1;
}

/** What a broken product does wrong beyond what the whole one does over the same reads. */
async function selfCheck() {
  const few = options(120);
  const whole = await alone("campaign", few);
  let missed = 0;
  for (const [index, plant] of PLANTS.entries()) {
    const broken = await alone(`planted-${index}`, few, plant);
    const noticed = broken[plant.expects] > whole[plant.expects];
    if (!noticed) missed++;
    const counts = `${broken.falseAbsences} false absences, ${broken.falseRemovals} removals in ${broken.reads} reads`;
    console.log(`${noticed ? "noticed" : "MISSED "}: ${plant.name} (${counts})`);
  }
  console.log(`whole: ${whole.falseAbsences} false absences, ${whole.falseRemovals} removals`);
  return missed === 0 ? 0 : 1;
}

async function alone(name, some, plant) {
  return inThread(await bundle(name, plant), { ...some, share: 0, threads: 1 });
}

function options(reads) {
  return {
    seed: values.seed,
    reads: Number(values.reads ?? reads),
    ...(values.only ? { only: values.only.split(",") } : {}),
    ...(values.at ? { at: Number(values.at) } : {}),
  };
}

function inThread(module, options) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
      workerData: { module, options },
      // Answers are large and short-lived.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    });
    worker.on("message", ({ line, result }) => (result ? done(result) : console.error(line)));
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a thread ended with ${code}`)));
  });
}

/** Address of the campaign as one module of plain JavaScript, with the product in it as it is or as `plant` breaks it. */
async function bundle(name, plant) {
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
  const module = await bundleFile("campaign/campaign.ts", `campaign/${name}`, [breaking]);
  if (plant && !planted) throw new Error(`${plant.file} no longer holds: ${plant.from}`);
  return module;
}
