/** The access part of a plan as lines: people with the same change share one. */

import { countOf } from "../../analysis/words.ts";
import { compareText } from "../../model/order.ts";
import { compareSensitivity } from "../../model/target.ts";
import { type Instant, renderInstant } from "../../model/time.ts";
import type { AccessDiff, Cause, Change, Origin, PermissionChange, Plan } from "../plan.ts";
import { foldPeople, renderPlace } from "./words.ts";

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

/** A line, and what stands under it in a section. */
export interface Item extends Line {
  readonly items?: readonly Item[];
}

/** As many are named by `foldPeople`. */
const MOST_SHOWN = 3;

/** Permissions named on one line, the most sensitive first; the rest is counted. */
const MOST_NAMED = 4;

interface Entry {
  readonly from: Origin["from"] | undefined;
  readonly kind: "gain" | "loss";
  readonly verbs: readonly [one: string, many: string];
  /** Everything after the verb. */
  readonly rest: string;
  readonly people: string[];
  readonly because: readonly Cause[];
}

type Naming = "names" | "counts";

/**
 * What is gained, then what is lost; the many first, then by name. Drift stands apart from intent where both are there, and
 * what nobody can tell apart from either. Ends with how many keep what they have. With `counts` nobody is named.
 */
export function accessLines(plan: Plan, naming: Naming = "names"): readonly Item[] {
  const entries = new Map<string, Entry>();
  for (const access of plan.access) for (const entry of entriesOf(plan, access, naming)) gather(entries, entry);
  if (entries.size === 0) return [];
  const groups = ([undefined, "files", "datadog"] as const).flatMap((from) => {
    const own = [...entries.values()].filter((entry) => entry.from === from);
    return own.length === 0 ? [] : [{ from, items: entryLines(own, naming) }];
  });
  const keep: Item = {
    kind: "quiet",
    text: `  ${countOf(plan.unchanged, "person keeps", "people keep")} what they have`,
  };
  const [only, ...more] = groups;
  if (more.length === 0) return [...(only?.items ?? []), ...soleOrigin(plan, only?.from), keep];
  return [
    ...groups.map(({ from, items }): Item => ({ kind: "quiet", text: originHeading(plan, from), items })).reverse(),
    keep,
  ];
}

function entryLines(entries: readonly Entry[], naming: Naming): readonly Item[] {
  return [...entries]
    .sort((a, b) => compareText(a.kind, b.kind) || b.people.length - a.people.length || compareText(a.rest, b.rest))
    .map(({ kind, verbs, rest, people, because }): Item => {
      const sign = kind === "gain" ? "+" : "-";
      const who = naming === "names" ? foldPeople(people) : countOf(people.length, "person", "people");
      const text = `${sign} ${who} ${verbs[people.length === 1 ? 0 : 1]} ${rest}`;
      return { kind, text, because, ...(naming === "names" && people.length > MOST_SHOWN && { people }) };
    });
}

function originHeading({ drift }: Plan, from: Entry["from"]): string {
  if (from === "files") return "Intent, asked for by files or groups";
  if (from === "datadog") return "Drift, changed in Datadog since an apply and set back";
  return `Drift or intent, nothing tells which (${drift?.unseen ?? TOO_SOON})`;
}

/** Where the trail is whole, only what an apply has just written, or does not know to have written, is left. */
const TOO_SOON = "an apply touched it just before it was read, or did not see what came of it";

/** One line instead of a heading where everything has the same origin; nothing where nothing could have drifted yet. */
function soleOrigin({ drift }: Plan, from: Entry["from"]): readonly Item[] {
  if (!drift) return [];
  const words = {
    files: "all of it is intent, asked for by files or groups",
    datadog: "all of it is drift, changed in Datadog since an apply and set back",
    unknown: `drift or intent is not known: ${drift.unseen ?? TOO_SOON}`,
  };
  return [{ kind: "quiet", text: `  ${words[from ?? "unknown"]}` }];
}

function entriesOf(plan: Plan, access: AccessDiff, naming: Naming): readonly Entry[] {
  const { push, createdAt } = plan;
  const people = access.accounts.map(({ name }) => name);
  const gain = { kind: "gain", people } as const;
  const loss = { kind: "loss", people } as const;
  const why = (because: Cause) => `${because.text}${driftWords(because, createdAt, naming)}${renderPlace(because)}`;
  const rests = (because: Cause) => ({ because: [because], from: because.origin?.from });
  // What is done to an account itself is done at once, on every path.
  const roleTime = push.roles === "saml" && access.state === undefined ? AT_LOGIN : "";
  const teamTime = push.teams === "saml" ? AT_LOGIN : "";
  return [
    ...accountEntries(access, why),
    ...access.rolesGained.map(({ role, because }): Entry => {
      const gained = access.gains.filter((change) => change.role === role && change.through === because.text);
      return {
        ...gain,
        ...rests(because),
        verbs: ["gains", "gain"],
        rest: `${role}${roleTime}: ${permissions(gained)}, through ${why(because)}`,
      };
    }),
    ...access.teamsGained.map(
      ({ team, because }): Entry => ({
        ...gain,
        ...rests(because),
        verbs: ["joins", "join"],
        rest: `team ${team}${teamTime}, through ${why(because)}`,
      }),
    ),
    ...access.rolesLost.map(({ role, because }): Entry => {
      const lost = access.losses.filter((change) => change.role === role);
      return {
        ...loss,
        ...rests(because),
        verbs: ["loses", "lose"],
        rest: `${role}${roleTime}: ${permissions(lost)}, ${why(because)}`,
      };
    }),
    ...access.teamsLost.map(
      ({ team, because }): Entry => ({
        ...loss,
        ...rests(because),
        verbs: ["leaves", "leave"],
        rest: `team ${team}${teamTime}, ${why(because)}`,
      }),
    ),
  ];
}

/** Who changed in Datadog what is set back, and when, as far as that is known. */
function driftWords({ origin }: Cause, now: Instant, naming: Naming): string {
  if (origin?.from !== "datadog") return "";
  const { at, by, recorded } = origin;
  if (at !== undefined) {
    const who = naming === "counts" ? "" : ` by ${by ?? "Datadog"}`;
    return `, changed in Datadog${who}, ${renderInstant(at, now)}`;
  }
  return recorded === undefined ? "" : `, otherwise after the apply of ${renderInstant(recorded, now)}`;
}

const AT_LOGIN = " at the next login";

function accountEntries({ accounts, state, ...moves }: AccessDiff, why: (because: Cause) => string): readonly Entry[] {
  const people = accounts.map(({ name }) => name);
  const because = [...moves.rolesGained, ...moves.rolesLost][0]?.because;
  const from = because?.origin?.from;
  if (state === "created")
    return [{ from, kind: "gain", people, verbs: ["gets", "get"], rest: "an account", because: [] }];
  if (state === "on") return [{ from, kind: "gain", people, verbs: ["is", "are"], rest: "switched on", because: [] }];
  if (state !== "off") return [];
  const rest = because ? `switched off, ${why(because)}` : "switched off";
  return [{ from, kind: "loss", people, verbs: ["is", "are"], rest, because: because ? [because] : [] }];
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
  const key = `${entry.from} ${entry.verbs[0]} ${entry.rest}`;
  const known = entries.get(key);
  if (known) known.people.push(...entry.people);
  else entries.set(key, { ...entry, people: [...entry.people] });
}
