/** How many steps may be under way at once: one more after a calm round, half as many when the system is strained. Pure. */

export interface Pace {
  readonly width: number;
  /** Steps in a row that ended without strain since the width last changed. */
  readonly calm: number;
}

export const FIRST_PACE: Pace = { width: 2, calm: 0 };

/** The pace after a step. `isStrained`: the system throttled, or did not answer, while the step was under way. */
export function nextPace({ width, calm }: Pace, isStrained: boolean, most: number): Pace {
  if (isStrained) return { width: Math.max(1, Math.floor(width / 2)), calm: 0 };
  if (calm + 1 < width) return { width, calm: calm + 1 };
  return { width: Math.min(most, width + 1), calm: 0 };
}
