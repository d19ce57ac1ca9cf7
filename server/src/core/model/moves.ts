/** What pushes of this project did to people's roles and teams, as their journals tell: the last word on each. */

import type { Instant } from "./time.ts";

export interface Move {
  readonly kind: "role" | "team";
  /** Id of the role, or handle of the team. */
  readonly id: string;
  /** Id of the account. */
  readonly account: string;
  readonly did: "gave" | "took";
  /** When the push began. */
  readonly at: Instant;
  /** When its journal had its last line: what was read before that tells nothing of the push. */
  readonly until: Instant;
}

export const NO_MOVES: ReadonlyMap<string, readonly Move[]> = new Map();
