/** A client over the sandbox as the command line has it, but without patience: waits are skipped, time limits are short in trouble. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Project } from "../../server/src/core/model/project.ts";
import { createHttpClient, type HttpClient } from "../../server/src/http/client.ts";
import { environmentSecrets } from "../../server/src/http/environment.ts";
import { createFetchTransport } from "../../server/src/http/fetchTransport.ts";
import { parseLoopback } from "../../server/src/http/loopback.ts";
import type { Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { systemsOf } from "../../server/src/workspace/live/systems.ts";
import type { Dice } from "./dice.ts";

/** For reads in trouble. Even a read without trouble runs into this one on a busy machine. */
const IMPATIENT_MS = 200;
const PATIENT_MS = 30_000;

/** A client for one read; its tokens are its own, so that token servers are part of the trouble. */
export function createClient(
  environment: Sandbox["environment"],
  project: Project,
  dice: Dice,
  isCalm: boolean,
): HttpClient {
  const loopback = parseLoopback(environment.ACCESSMAP_LOOPBACK);
  if (!loopback.ok) throw new Error(loopback.why.message);
  const readText = async (path: string) => readFileSync(path, "utf8");
  const secrets = environmentSecrets(
    environment,
    systemsOf(project).map(({ connection }) => connection),
    readText,
  );
  const transport = createFetchTransport({
    secrets,
    loopback: loopback.routes,
    timeoutMs: isCalm ? PATIENT_MS : IMPATIENT_MS,
  });
  return createHttpClient(transport, { sleep: async () => {}, random: () => dice.roll(1000) / 1000 });
}

/** The sandbox's environment with Google's key as the file it has to be. */
export function fullEnvironment(sandbox: Sandbox): {
  readonly environment: Sandbox["environment"];
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "accessmap-campaign-"));
  const path = join(folder, "google.json");
  writeFileSync(path, JSON.stringify(sandbox.googleKey), { mode: 0o600 });
  const environment = { ...sandbox.environment, GOOGLE_APPLICATION_CREDENTIALS: path };
  return { environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
