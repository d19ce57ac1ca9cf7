/** Runs the jobs of a workflow of ours: what it uses of GitHub's own (checkout, artifacts) is played, all else is really run. */

import { cpSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type ActionRun, evaluate, runAction, runScript } from "./action.ts";

export interface JobStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface JobOptions {
  readonly cwd: string;
  readonly temp: string;
  /** What `${{ vars.X }}` and `${{ secrets.X }}` give, by `vars.X` and `secrets.X`; what is not here is empty, as on GitHub. */
  readonly context: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
  /** Folder that artifacts go to. */
  readonly artifacts: string;
}

/** Like GitHub, skips what follows a failed step, unless it says `always()`. */
export async function runJob(steps: readonly JobStep[], options: JobOptions): Promise<ActionRun> {
  const { cwd, temp, context, env, artifacts } = options;
  let job: ActionRun = { code: 0, log: "", summary: "", outputs: {} };
  for (const [number, step] of steps.entries()) {
    if (job.code !== 0 && step.if !== "always()") continue;
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value, context)]);
    const all = { ...env, ...Object.fromEntries(own) };
    if (step.uses?.startsWith("actions/upload-artifact@")) {
      const path = join(cwd, step.with?.path ?? "");
      if (existsSync(path)) cpSync(path, join(artifacts, step.with?.name ?? "", basename(path)), { recursive: true });
    } else if (step.uses?.startsWith("./")) {
      const inputs = step.with ?? {};
      const ran = await runAction({
        action: join(cwd, step.uses),
        cwd,
        temp: join(temp, String(number)),
        inputs,
        env: all,
      });
      job = { ...ran, log: job.log + ran.log };
    } else if (step.run !== undefined) {
      const ran = await runScript(step.run, cwd, all);
      job = { ...job, code: ran.code, log: job.log + ran.log };
    }
  }
  return job;
}
