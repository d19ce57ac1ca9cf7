/** What happens to a session in the middle of the day: each time the status says it, nothing turns red, and it heals by itself. */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { commands, type Diagnostic, languages } from "vscode";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";
import { activate, clearFaults, findings, injectFault, log, openFile, ruleOf, until, untilRead } from "./support.ts";

/** Names something that its directory does not have, which only a good read can say. */
const FILE = "access/product.accessmap.yaml";
const UNKNOWN = "ref/unknown-group";

/** Until a read has failed for good, or the next try has come. */
const LIMIT = 40_000;

/** Far more than any age limit. */
const NIGHT_MS = 9 * 3_600_000;

describe("a session", function () {
  // A server that does not answer is asked several times before it counts as out of reach.
  this.timeout(90_000);
  let red: readonly Red[];

  before(async () => {
    await untilRead(await activate());
    const document = await openFile(FILE);
    await until("the unknown group", () => findings(document).some((found) => ruleOf(found) === UNKNOWN));
    red = await settledErrors();
  });
  afterEach(clearFaults);

  it("whose token is revoked says so, and goes on when it is valid again", async () => {
    await injectFault({ system: "okta", path: "/", kind: "status", status: 401 });
    await injectFault({ system: "datadog", path: "/api", kind: "status", status: 401 });
    await commands.executeCommand("accessmap.refresh");
    await expectTold("denied", /401/);
    await clearFaults();
    await expectHealed();
  });

  it("that slept over night reads again when it wakes, also when the network comes later than the person", async () => {
    await loseNetwork();
    const { now } = Date;
    Date.now = () => now() + NIGHT_MS;
    try {
      await expectTold("unreachable", /cannot be reached|connection/i);
      await clearFaults();
      await expectHealed();
    } finally {
      Date.now = now;
    }
  });

  async function expectTold(kind: string, message: RegExp): Promise<void> {
    const failed = await until("failed systems", allFailed, systems, LIMIT);
    log(failed.map(({ name, failure }) => `${name}: ${failure?.message}`).join("; "));
    for (const { failure, asOf } of failed) {
      assert.equal(failure?.kind, kind);
      assert.match(failure?.message ?? "", message);
      assert.ok(asOf, "what was read before is kept, with its age");
    }
    // What is old proves less: a line that was red may say another thing, but no other line may turn red.
    const before = new Set(red.map(({ place }) => place));
    const more = errors().filter(({ place }) => !before.has(place));
    assert.deepEqual(more, [], "something turned red");
  }

  /** Without a command: the next try comes by itself. */
  async function expectHealed(): Promise<void> {
    const started = Date.now();
    await untilRead(await activate(), LIMIT);
    await until("the same errors as before", () => isDeepStrictEqual(errors(), red), errors);
    log(`healed after ${Date.now() - started} ms`);
  }
});

let systems: () => readonly SystemStatus[] = () => [];
before(async () => {
  const api = await activate();
  systems = () => api.projects.systems();
});

function allFailed(): readonly SystemStatus[] | undefined {
  const all = systems();
  return all.length > 0 && all.every(({ state }) => state === "failed") ? all : undefined;
}

/** Both servers die in the middle of their next answer, and nobody listens there any more. */
async function loseNetwork(): Promise<void> {
  await injectFault({ system: "okta", path: "/", kind: "crash" });
  await injectFault({ system: "datadog", path: "/api", kind: "crash" });
}

/** Files are checked one after another, so the errors are all there once they stay the same for a while. */
async function settledErrors(): Promise<readonly Red[]> {
  let [last, since] = [errors(), Date.now()];
  return until("errors that stay the same", () => {
    const now = errors();
    if (!isDeepStrictEqual(now, last)) [last, since] = [now, Date.now()];
    return Date.now() - since > 2000 && now;
  });
}

/** An error on a line. */
interface Red {
  readonly place: string;
  readonly message: string;
}

function errors(): readonly Red[] {
  const isError = ({ severity }: Diagnostic) => severity === 0;
  const textOf = ({ place, message }: Red) => `${place} ${message}`;
  return languages
    .getDiagnostics()
    .flatMap(([uri, found]) =>
      found
        .filter(isError)
        .map(({ message, range }): Red => ({ place: `${uri.path}:${range.start.line + 1}`, message })),
    )
    .sort((one, other) => textOf(one).localeCompare(textOf(other)));
}
