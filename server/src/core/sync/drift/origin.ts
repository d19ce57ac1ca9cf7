/**
 * Drift apart from intent: whether somebody in Datadog made a difference since the last apply, or files and groups did.
 * Journals tell what applies left, the audit trail what others did after; what neither tells stays unknown.
 */

import { gapOf, itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { AccessEvent, Audit, TargetInventory } from "../../model/target.ts";
import { type Instant, minutesBetween } from "../../model/time.ts";
import { keyOf } from "../desire/desired.ts";
import { keyOfContent } from "../diff/mappings.ts";
import { isThere, type LatestApplies, type RecordedApply } from "../journal/journal.ts";
import { signsOf } from "../journal/signs.ts";
import type { Cause, Change, MappingContent, Named, Origin } from "../plan.ts";

/** Replicas answer with what was before for a while and clocks differ, so only what is this much later is later. */
const LAG_MINUTES = 5;

/** What journals and audit trail tell of an organization. */
export interface OriginEvidence {
  /** When the last apply began. */
  readonly since?: Instant;
  /** Why who and when may be unknown. */
  readonly unseen?: string;
  /** What others did since then, latest first. */
  readonly foreign: readonly AccessEvent[];
  /** What the identities of our applies did since then, also from elsewhere. */
  readonly own: readonly AccessEvent[];
  readonly left: ReadonlyMap<string, Left>;
  readonly readAt: Instant;
}

/** What the last write to something left, in an apply that began and ended at these times; without `isHeld` nobody knows. */
interface Left {
  readonly isHeld?: boolean;
  readonly at: Instant;
  readonly until: Instant;
}

/** What is otherwise than files and groups want it. `what` is a role, or a team with its handle for an id. */
export interface Questioned {
  readonly kind: "role" | "team";
  readonly what: Named;
  readonly account: Named;
  /** How it is in Datadog now. */
  readonly isHeld: boolean;
}

/** From the applies of this folder to the organization. The trail counts where it was read with the target. */
export function evidenceOf(target: TargetInventory, { applies, unread }: LatestApplies): OriginEvidence {
  const since = applies[0]?.start.at;
  const ids = new Set(applies.flatMap(({ start }) => start.actor?.id ?? []));
  const isOwn = ({ actor }: AccessEvent) => actor.id !== undefined && ids.has(actor.id);
  // Without the last journal nobody knows who applied, and our own writes would look like somebody else's.
  const isAnonymous = unread !== undefined && applies.length === 0;
  const events = [...(isAnonymous ? [] : itemsOf(target.audit?.events).values())]
    .filter(({ at }) => since === undefined || at >= since)
    .sort((a, b) => compareText(b.at, a.at));
  const own = events.filter(isOwn);
  const unseen =
    unread === undefined
      ? whyUnseen(target.audit, applies[0], own)
      : `what ${applies.length === 0 ? "the last applies" : "older applies"} did is not known, because a journal cannot be read: ${unread}`;
  return {
    ...(since !== undefined && { since }),
    ...(unseen !== undefined && { unseen }),
    foreign: events.filter((event) => !isOwn(event)),
    own,
    left: leftBy(applies),
    readAt: target.accounts.state === "known" ? target.accounts.asOf : "",
  };
}

/** Without a recorded apply nobody knows since when files and Datadog should agree. The trail is read only from there on. */
function whyUnseen(
  audit: Audit | undefined,
  last: RecordedApply | undefined,
  own: readonly AccessEvent[],
): string | undefined {
  const gap = audit && gapOf(audit.events);
  if (gap) return gap.message;
  if (!last) return "no apply is recorded in this folder";
  if (!audit) return "the audit trail was not read";
  // It may be switched off, and is silent then: a trail that saw our writes would have seen those of others too.
  const hasWritten = [...last.state.outcomes.values()].some(({ result }) => result === "done");
  return hasWritten && own.length === 0 ? "the audit trail does not show the last apply either" : undefined;
}

/** By `keyOf`, and by what it says for a mapping. In one apply only halves of one change tell of the same: the later counts. */
function leftBy(applies: readonly RecordedApply[]): ReadonlyMap<string, Left> {
  const left = new Map<string, Left>();
  const note = (key: string, isHeld: boolean | undefined, { at, until }: Pick<Left, "at" | "until">) => {
    if ((left.get(key)?.at ?? at) === at) left.set(key, { at, until, ...(isHeld !== undefined && { isHeld }) });
  };
  for (const sign of signsOf(applies)) {
    const id = sign.kind === "team" ? sign.what.name : sign.what.id;
    note(keyOf(sign.kind, id, sign.account.id), sign.after, sign);
  }
  for (const { start, state } of applies)
    for (const [step, change] of state.intents) {
      const isDone = isThere(state.outcomes.get(step));
      const when = { at: start.at, until: state.lastAt };
      const [gone, come] = movedMappings(change);
      if (come) note(keyOfContent(come), isDone ? true : undefined, when);
      if (gone) note(keyOfContent(gone), isDone ? false : undefined, when);
      if (change.action === "set-active") note(accountKey(change.account.id), isDone ? change.active : undefined, when);
      // Somebody's whole role set is written, so what stands in neither set was not held either.
      if (change.action === "set-roles") note(wholeOf(change.account.id), isDone ? false : undefined, when);
    }
  return left;
}

function accountKey(accountId: string): string {
  return `account ${accountId}`;
}

function wholeOf(accountId: string): string {
  return `roles of ${accountId}`;
}

function movedMappings(change: Change): readonly [gone: MappingContent | undefined, come: MappingContent | undefined] {
  if (change.action === "create-mapping") return [undefined, change.mapping];
  if (change.action === "delete-mapping") return [change.mapping, undefined];
  return change.action === "update-mapping" ? [change.before, change.after] : [undefined, undefined];
}

/** Where a difference comes from; undefined where nothing tells. */
export function originOf(evidence: OriginEvidence, asked: Questioned): Origin | undefined {
  const { kind, what, account, isHeld } = asked;
  const left = leftOf(evidence, keyOf(kind, what.id, account.id), kind === "role" ? wholeOf(account.id) : undefined);
  const isAbout = (event: AccessEvent) => explains(event, asked);
  return judge(evidence, left, isHeld, isAbout, (event) => names(event, asked));
}

/** The latest word counts. `isSurely` tells of events that can be about nothing else; none are where it is left out. */
function judge(
  evidence: OriginEvidence,
  left: Left | undefined,
  isHeld: boolean,
  isAbout: (event: AccessEvent) => boolean,
  isSurely: (event: AccessEvent) => boolean = () => false,
): Origin | undefined {
  const isLater = ({ at }: AccessEvent) => !left || minutesBetween(left.until, at) >= LAG_MINUTES;
  const isAsLeft = left?.isHeld === isHeld;
  // What is as an apply left it was touched since only where an event says just that: then it was taken and given again.
  const event = evidence.foreign.find((each) => (isAsLeft ? isLater(each) && isSurely(each) : isAbout(each)));
  // An apply of the same identity from another folder or machine has written it since.
  const own = evidence.own.find((each) => isLater(each) && isAbout(each));
  if (own && (!event || own.at > event.at)) return FILES;
  const recorded = left?.isHeld === undefined ? undefined : left;
  if (event) return { from: "datadog", ...(recorded && { recorded: recorded.at }), ...by(event) };
  if (isAsLeft) return FILES;
  if (recorded) return contradicted(evidence, recorded);
  return left || evidence.unseen !== undefined ? undefined : FILES;
}

const FILES: Origin = { from: "files" };

/** The later word counts: of the thing itself, or of the whole that would hold it. */
function leftOf({ left }: OriginEvidence, key: string, whole: string | undefined): Left | undefined {
  const own = left.get(key);
  const all = whole === undefined ? undefined : left.get(whole);
  return own && (!all || own.at >= all.at) ? own : all;
}

function contradicted({ readAt }: OriginEvidence, { at, until }: Left): Origin | undefined {
  return minutesBetween(until, readAt) < LAG_MINUTES ? undefined : { from: "datadog", recorded: at };
}

function by({ at, actor }: AccessEvent): { readonly at: Instant; readonly by?: string } {
  return { at, ...(actor.email !== undefined && { by: actor.email }) };
}

/** Changes of roles are told of the person or of the role, those of teams of the team; the person is named in the words. */
export function explains(event: AccessEvent, asked: Questioned): boolean {
  const { asset } = event;
  return asset.type === "user" ? asked.kind === "role" && asset.id === asked.account.id : names(event, asked);
}

/** Of this role or team and this person, which events of a person leave open. */
function names({ asset, message }: AccessEvent, { kind, account, what }: Questioned): boolean {
  const isOfIt = asset.type === kind && (asset.id === what.id || asset.name === what.name);
  return isOfIt && (message.includes(account.name) || message.includes(account.id));
}

/** The changes, their causes with where each comes from. */
export function withOrigins(evidence: OriginEvidence, changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => withOrigin(evidence, change));
}

function withOrigin(evidence: OriginEvidence, change: Change): Change {
  switch (change.action) {
    case "set-roles": {
      const { account } = change;
      const mark = (what: Moved, isHeld: boolean) =>
        marked(what, originOf(evidence, { kind: "role", what, account, isHeld }));
      return {
        ...change,
        grants: change.grants.map((role) => mark(role, false)),
        revokes: change.revokes.map((role) => mark(role, true)),
      };
    }
    case "set-members": {
      const what = { id: change.team.name, name: change.team.name };
      const mark = (account: Moved, isHeld: boolean) =>
        marked(account, originOf(evidence, { kind: "team", what, account, isHeld }));
      return {
        ...change,
        grants: change.grants.map((member) => mark(member, false)),
        revokes: change.revokes.map((member) => mark(member, true)),
      };
    }
    case "set-active": {
      const { account, active } = change;
      const left = evidence.left.get(accountKey(account.id));
      const isAbout = ({ asset }: AccessEvent) => asset.type === "user" && asset.id === account.id;
      return marked(change, judge(evidence, left, !active, isAbout));
    }
    case "create-mapping":
      return marked(change, mappingOrigin(evidence, change.mapping, false));
    case "update-mapping":
      return marked(change, mappingOrigin(evidence, change.after, false));
    case "delete-mapping":
      return marked(change, mappingOrigin(evidence, change.mapping, true));
    // Accounts are never deleted in Datadog, so one that is missing was never there. A link gives nobody anything.
    case "create-user":
      return { ...change, roles: change.roles.map((role) => marked(role, FILES)) };
    case "link-team":
      return change;
  }
}

type Moved = Named & { readonly because: Cause };

function marked<T extends { readonly because: Cause }>(what: T, origin: Origin | undefined): T {
  return origin ? { ...what, because: { ...what.because, origin } } : what;
}

/** The audit trail is not known to tell of mappings, so journals alone do. (2026-09) */
export function mappingOrigin(evidence: OriginEvidence, mapping: MappingContent, isThere: boolean): Origin | undefined {
  const left = evidence.left.get(keyOfContent(mapping));
  if (left?.isHeld === undefined) return undefined;
  return left.isHeld === isThere ? FILES : contradicted(evidence, left);
}
