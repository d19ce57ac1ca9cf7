/** Exit codes of the command line. Scripts rely on them: they never change. */

export const EXIT = {
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage, or files that cannot be read or written. */
  usage: 2,
  /** Live data that is required could not be read: every plan, apply and drift needs all that it rests on. */
  live: 3,
  /** Changes are pending (`plan --detailed-exitcode`, `drift`). */
  pending: 4,
  /** A guard refused, or whoever was asked. */
  refused: 5,
  /** Some steps of an apply failed or could not be verified. */
  partly: 6,
  /** A fault of this program (`EX_SOFTWARE`): neither clean nor findings. */
  fault: 70,
} as const;

/** For `--help`. */
export const EXIT_MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  clean: "done, nothing to report",
  findings: "something was found: at or above --fail-on, failing, still open, or left alone by --check",
  usage: "wrong usage, or files that cannot be read or written",
  live: "data that is required could not be read: there is no answer, or one that may lack something; tells before 4",
  pending: "changes are pending",
  refused: "refused by a guard, or by whoever was asked",
  partly: "partly applied: some steps failed or could not be verified",
  fault: "accessmap itself failed, which is a fault to report; nothing is known",
};

/** Ends a command with a message for people. Thrown anywhere below a verb, printed once by `main.ts`. */
export class Exit extends Error {
  override readonly name = "Exit";
  readonly code: number;

  constructor(code: number, message = "") {
    super(message);
    this.code = code;
  }
}

/** Ends the command with a message for people when a file that it writes cannot be written. */
export function orUnwritable<T>(path: string, writing: Promise<T>): Promise<T> {
  return writing.catch((error: NodeJS.ErrnoException) => {
    throw new Exit(EXIT.usage, `${path} cannot be written (${error.code ?? error.message})`);
  });
}
