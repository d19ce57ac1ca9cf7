/** Runs the steps of action.yml as a runner of GitHub Actions does, but for what only GitHub can do: shells, variables, outputs. */

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { cleanEnvironment } from "../support/process.ts";

export const ROOT = resolve(import.meta.dirname, "../..");

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const ACTION: Action = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));

export interface ActionRun {
  readonly code: number;
  /** Both streams, as the log has them. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface ActionOptions {
  /** Where the action lies; default: this project. */
  readonly action?: string;
  readonly cwd: string;
  /** Folder for the runner's own files; a new one for each run. */
  readonly temp: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

export async function runAction({ action = ROOT, cwd, temp, inputs, env }: ActionOptions): Promise<ActionRun> {
  mkdirSync(temp, { recursive: true });
  const context = new Map<string, string>([
    ["github.action_path", action],
    ["github.token", "ghs_secret"],
  ]);
  for (const [name, { default: value = "" }] of Object.entries(ACTION.inputs))
    context.set(`inputs.${name}`, evaluate(inputs[name] ?? value, context));
  const summary = join(temp, "summary.md");
  writeFileSync(summary, "");
  let [code, log] = [0, ""];
  for (const step of ACTION.runs.steps) {
    const output = join(temp, `output-${step.id}`);
    writeFileSync(output, "");
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value, context)]);
    const files = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: temp };
    const ran = await runScript(step.run, cwd, {
      GITHUB_ACTIONS: "true",
      CI: "true",
      ...files,
      ...env,
      ...Object.fromEntries(own),
    });
    log += ran.log;
    for (const line of readFileSync(output, "utf8").split("\n").filter(Boolean)) {
      const [name = "", ...value] = line.split("=");
      context.set(`steps.${step.id}.outputs.${name}`, value.join("="));
    }
    code = ran.code;
    // Later steps run on success alone.
    if (code !== 0) break;
  }
  const outputs = Object.entries(ACTION.outputs).map(([name, { value }]) => [name, evaluate(value, context)]);
  return { code, log, summary: readFileSync(summary, "utf8"), outputs: Object.fromEntries(outputs) };
}

/** `shell: bash` of a runner (https://docs.github.com/actions, workflow syntax, 2026-11). */
export function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly log: string }> {
  return new Promise((done) => {
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
    const child = spawn("bash", args, { cwd, env: cleanEnvironment(env), stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
    child.on("close", (code) => done({ code: code ?? -1, log }));
  });
}

/** Expressions that only look something up; nothing of ours needs more. */
export function evaluate(text: string, context: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => context.get(name) ?? "");
}
