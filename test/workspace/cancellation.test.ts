/** A signal that many requests listen to at once, which is no leak. */

import { expect, test } from "vitest";
import { cancelOnInterrupt } from "../../server/src/cli/support/cancel.ts";
import { openTerminal } from "../../server/src/cli/support/terminal.ts";
import { signalOf } from "../../server/src/lsp/guard.ts";
import { openCancellation } from "../../server/src/workspace/cancellation.ts";

test.each(["a read", "a command", "a request of an editor"])(
  "%s listens a hundred times without a warning",
  async (kind) => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on("warning", warn);
    const { signal, dispose = () => {} } =
      kind === "a command"
        ? cancelOnInterrupt(openTerminal())
        : {
            signal:
              kind === "a read"
                ? openCancellation().signal
                : signalOf({ isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) }),
          };
    let heard = 0;
    for (let count = 0; count < 100; count++) signal.addEventListener("abort", () => heard++);
    await new Promise(setImmediate);
    process.off("warning", warn);
    dispose();
    expect([warnings, heard]).toEqual([[], 0]);
  },
);
