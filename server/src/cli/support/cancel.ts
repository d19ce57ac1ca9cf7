/** Ctrl+C at work that takes a while: it ends the work and not the process, so that what is under way can be told. */

import { openCancellation } from "../../workspace/cancellation.ts";
import type { OnReadProgress } from "../../workspace/live/progress.ts";
import { EXIT, Exit } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** A read, given what ends it and where it tells how far it is. */
export type Read<T> = (signal: AbortSignal, onProgress: OnReadProgress) => Promise<T>;

/** An abort signal that Ctrl+C raises until `dispose`. A second Ctrl+C ends the process as usual. */
export function cancelOnInterrupt(
  terminal: Terminal,
  onCancel = () => {},
): { readonly signal: AbortSignal; dispose(): void } {
  const controller = openCancellation();
  // The listener stays: a library that finds itself alone with the signal would end the process.
  const cancel = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      dispose();
      terminal.endProgress();
      process.kill(process.pid, signal);
      return;
    }
    controller.abort();
    onCancel();
  };
  const dispose = () => {
    process.off("SIGINT", cancel);
    process.off("SIGTERM", cancel);
  };
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  return { signal: controller.signal, dispose };
}

/** What a read gives, with its progress on the terminal's changing lines; undefined where Ctrl+C ended it. */
export async function readUnlessCancelled<T>(terminal: Terminal, read: Read<T>): Promise<T | undefined> {
  const { signal, dispose } = cancelOnInterrupt(terminal);
  try {
    const found = await read(signal, terminal.progress);
    return signal.aborted ? undefined : found;
  } finally {
    dispose();
    terminal.endProgress();
  }
}

/** The same where nothing goes on without it. Throws an `Exit` when it was cancelled. */
export async function readOrEnd<T extends object>(terminal: Terminal, read: Read<T>): Promise<T> {
  const found = await readUnlessCancelled(terminal, read);
  if (found === undefined) throw new Exit(EXIT.live, "Cancelled; nothing was written");
  return found;
}
