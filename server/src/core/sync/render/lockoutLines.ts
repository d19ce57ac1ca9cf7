/** The proof against lock-out as lines: who could still administer, and whom the plan leaves outside. */

import { countOf } from "../../analysis/words.ts";
import type { Plan } from "../plan.ts";
import type { Line } from "./accessLines.ts";
import { foldPeople } from "./words.ts";

const AFTER_GIVING = "nobody who holds it today keeps it, and it is taken only once somebody new has it";
const AT_LOGINS =
  "nobody who holds it today keeps it beyond their next login, and nobody new has it before theirs, whichever comes first";

/** Nothing for a plan without changes: it locks nobody out. */
export function lockoutLines({ changes, lockout, push }: Plan): readonly Line[] {
  if (changes.length === 0) return [];
  const { admins, roleless, unmatched, changingHands = [] } = lockout;
  const can = admins.length === 0 ? "Nobody" : `${countOf(admins.length, "person", "people")} (${foldPeople(admins)})`;
  const when = push.roles === "saml" ? "after the next logins" : "afterwards";
  return [
    { kind: admins.length === 0 ? "refusal" : "quiet", text: `${can} can administer the organization ${when}` },
    ...outside(roleless, "without any role afterwards"),
    ...(push.roles === "saml" ? outside(unmatched, "without any mapping of a role that matches them") : []),
    ...changingHands.map(
      ({ name }): Line => ({
        kind: "quiet",
        text: `${name} changes hands: ${push.roles === "saml" ? AT_LOGINS : AFTER_GIVING}`,
      }),
    ),
  ];
}

function outside(people: readonly string[], what: string): readonly Line[] {
  if (people.length === 0) return [{ kind: "quiet", text: `No active person is ${what}` }];
  const text = `${foldPeople(people)} ${people.length === 1 ? "is" : "are"} ${what}`;
  return [{ kind: "warning", text, people }];
}
