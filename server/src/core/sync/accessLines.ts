/** The access part of a plan as lines: people with the same change share one. */

import { compareSensitivity } from "../model/target.ts";
import type { AccessDiff, Cause, Change, PermissionChange, Plan } from "./plan.ts";
import { compareText, countOf, foldPeople, renderPlace } from "./words.ts";

/** What a piece of text stands for, for whoever colours it. */
export type TextKind = "heading" | "gain" | "loss" | "held" | "refusal" | "warning" | "quiet";

/** A line of a section. */
export interface Line {
  readonly kind: TextKind;
  readonly text: string;
  /** Everybody whom `text` only counts, for renderers that can fold. */
  readonly people?: readonly string[];
  /** What the line rests on; the place of the first is told at the end of `text`, where it has one. */
  readonly because?: readonly Pick<Cause, "place" | "line">[];
  /** The step that the line tells. */
  readonly change?: Change;
}

/** As many are named by `foldPeople`. */
const MOST_SHOWN = 3;

/** Permissions named on one line, the most sensitive first; the rest is counted. */
const MOST_NAMED = 4;

interface Entry {
  readonly kind: "gain" | "loss";
  readonly verbs: readonly [one: string, many: string];
  /** Everything after the verb. */
  readonly rest: string;
  readonly people: string[];
  readonly because: readonly Cause[];
}

/**
 * What is gained, then what is lost; the many first, then by name. Ends with how many keep what they have.
 * With `counts` nobody is named.
 */
export function accessLines(plan: Plan, naming: "names" | "counts" = "names"): readonly Line[] {
  const entries = new Map<string, Entry>();
  for (const access of plan.access) for (const entry of entriesOf(plan, access)) gather(entries, entry);
  const lines = [...entries.values()]
    .sort((a, b) => compareText(a.kind, b.kind) || b.people.length - a.people.length || compareText(a.rest, b.rest))
    .map(({ kind, verbs, rest, people, because }): Line => {
      const sign = kind === "gain" ? "+" : "-";
      const who = naming === "names" ? foldPeople(people) : countOf(people.length, "person", "people");
      const text = `${sign} ${who} ${verbs[people.length === 1 ? 0 : 1]} ${rest}`;
      return { kind, text, because, ...(naming === "names" && people.length > MOST_SHOWN && { people }) };
    });
  if (lines.length === 0) return [];
  const keep = countOf(plan.unchanged, "person keeps", "people keep");
  return [...lines, { kind: "quiet", text: `  ${keep} what they have` }];
}

function entriesOf({ push }: Plan, access: AccessDiff): readonly Entry[] {
  const people = access.accounts.map(({ name }) => name);
  const gain = { kind: "gain", people } as const;
  const loss = { kind: "loss", people } as const;
  // What is done to an account itself is done at once, on every path.
  const roleTime = push.roles === "saml" && access.state === undefined ? AT_LOGIN : "";
  const teamTime = push.teams === "saml" ? AT_LOGIN : "";
  return [
    ...accountEntries(access),
    ...access.rolesGained.map(({ role, because }): Entry => {
      const gained = access.gains.filter(({ through }) => through === because.text);
      return {
        ...gain,
        because: [because],
        verbs: ["gains", "gain"],
        rest: `${role}${roleTime}: ${permissions(gained)}, ${through(because)}`,
      };
    }),
    ...access.teamsGained.map(
      ({ team, because }): Entry => ({
        ...gain,
        because: [because],
        verbs: ["joins", "join"],
        rest: `team ${team}${teamTime}, ${through(because)}`,
      }),
    ),
    ...access.rolesLost.map(({ role, because }): Entry => {
      const lost = access.losses.filter((change) => change.through === role);
      return {
        ...loss,
        because: [because],
        verbs: ["loses", "lose"],
        rest: `${role}${roleTime}: ${permissions(lost)}, ${because.text}${renderPlace(because)}`,
      };
    }),
    ...access.teamsLost.map(
      ({ team, because }): Entry => ({
        ...loss,
        because: [because],
        verbs: ["leaves", "leave"],
        rest: `team ${team}${teamTime}, ${because.text}${renderPlace(because)}`,
      }),
    ),
  ];
}

const AT_LOGIN = " at the next login";

function accountEntries({ accounts, state, rolesLost }: AccessDiff): readonly Entry[] {
  const people = accounts.map(({ name }) => name);
  if (state === "created") return [{ kind: "gain", people, verbs: ["gets", "get"], rest: "an account", because: [] }];
  if (state === "on") return [{ kind: "gain", people, verbs: ["is", "are"], rest: "switched on", because: [] }];
  if (state !== "off") return [];
  const because = rolesLost[0]?.because;
  const why = because ? `, ${because.text}${renderPlace(because)}` : "";
  const rest = `switched off${why}`;
  return [{ kind: "loss", people, verbs: ["is", "are"], rest, because: because ? [because] : [] }];
}

function through(because: Cause): string {
  return `through ${because.text}${renderPlace(because)}`;
}

/** `logs_delete_data (critical), user_access_invite (high) and 3 more`. */
function permissions(changes: readonly PermissionChange[]): string {
  if (changes.length === 0) return "no permission besides those held anyway";
  const sorted = [...changes].sort(
    (a, b) => compareSensitivity(b.sensitivity, a.sensitivity) || compareText(a.permission, b.permission),
  );
  const named = sorted.slice(0, sorted.length === MOST_NAMED + 1 ? sorted.length : MOST_NAMED);
  const names = named.map(({ permission, sensitivity }) => `${permission} (${sensitivity})`).join(", ");
  const rest = sorted.length - named.length;
  return rest === 0 ? names : `${names} and ${rest} more`;
}

function gather(entries: Map<string, Entry>, entry: Entry): void {
  const key = `${entry.verbs[0]} ${entry.rest}`;
  const known = entries.get(key);
  if (known) known.people.push(...entry.people);
  else entries.set(key, { ...entry, people: [...entry.people] });
}
