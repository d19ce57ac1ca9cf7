/** Adds up what the mappings of one organization give, person by person, with every reason to doubt it. */

import { accountsOf } from "../../analysis/accounts.ts";
import { mappingsOf, type ResolvedMapping } from "../../analysis/grants.ts";
import { managedBy } from "../../analysis/managed.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import { organizationOf } from "../../analysis/world.ts";
import type { Principal } from "../../model/directory.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { addTo, entryOf, push } from "../../model/maps.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Account, TargetInventory } from "../../model/target.ts";
import type { Span } from "../../model/text.ts";
import { firstMapping } from "../../syntax/readMappingFile.ts";
import { WAITS_FOR } from "../holding.ts";
import { joinPerson } from "../people.ts";
import { type Cause, type HeldBack, newAccountId } from "../plan.ts";
import { causeAt, foldPeople } from "../render/words.ts";
import { type Desired, type Given, type Giver, keyOf, type WantedMapping } from "./desired.ts";
import { audienceGap, type Gaps, groupNameOf, newGaps, noteGap, readingGap, roleProblem } from "./gaps.ts";
import { noteClaim, noteClaimant, wantMappings } from "./mappings.ts";

/** `Desired` while it is being added up. */
export interface DesiredDraft {
  readonly snapshot: Snapshot;
  readonly target: TargetInventory;
  readonly organization: OrganizationConfig;
  readonly roles: Map<string, Map<string, Cause>>;
  readonly teams: Map<string, Map<string, Cause>>;
  readonly mapped: Set<string>;
  readonly givers: Map<string, Giver[]>;
  readonly former: Map<string, Cause>;
  readonly departed: Map<string, Cause>;
  readonly newcomers: Map<string, Account>;
  readonly mappings: WantedMapping[];
  readonly claims: Map<string, Set<string>>;
  readonly gaps: Gaps;
  readonly heldBack: HeldBack[];
  /** People that cannot be joined or judged, by reason. */
  readonly strangers: Map<string, Set<string>>;
}

/** Adds up the mappings of one organization, as far as their push path is not `off`. */
export function desire(snapshot: Snapshot, organization: OrganizationConfig, target: TargetInventory): Desired {
  const draft: DesiredDraft = {
    snapshot,
    target,
    organization,
    roles: new Map(),
    teams: new Map(),
    mapped: new Set(),
    givers: new Map(),
    former: new Map(),
    departed: new Map(),
    newcomers: new Map(),
    mappings: [],
    claims: new Map(),
    gaps: newGaps(),
    heldBack: [],
    strangers: new Map(),
  };
  noteOrganizationGaps(draft);
  const mappings = mappingsOf(snapshot, organization.name);
  for (const resolved of mappings) addMapping(draft, resolved);
  dropRoleless(draft);
  for (const [why, people] of draft.strangers) {
    const handles = [...people].sort();
    draft.heldBack.push({ what: foldPeople(handles), why, people: handles });
  }
  const adopted = snapshot.lock.organizations.get(organization.name)?.adopted === true;
  return { ...draft, adopted, managed: managedBy(mappings, snapshot.lock, organization.name) };
}

function noteOrganizationGaps({ snapshot, target, organization, gaps, heldBack }: DesiredDraft): void {
  gaps.all =
    readingGap(`accounts of ${organization.name}`, target.accounts, snapshot) ??
    readingGap(`roles of ${organization.name}`, target.roles, snapshot);
  for (const read of snapshot.files) {
    const { file, head } = read;
    if (!firstMapping(read) || organizationOf(snapshot, head)) continue;
    const why = head.organization
      ? `it names organization "${head.organization.value}", which accessmap.yaml does not have`
      : "it names no organization, and accessmap.yaml has several";
    heldBack.push({ what: file, why, people: [] });
    gaps.all ??= `${file} cannot be assigned: ${why}`;
  }
}

function addMapping(draft: DesiredDraft, resolved: ResolvedMapping): void {
  const { given, unresolved } = givenBy(draft, resolved);
  noteClaim(draft, resolved);
  if (resolved.until !== undefined && !resolved.inForce) {
    for (const principal of itemsOf(resolved.members).values())
      noteFormer(draft, principal, given, (item) => `${item.because.text} ended ${resolved.until}`);
    return;
  }
  for (const item of given)
    push(draft.givers, keyOf(item.kind, item.id), { group: groupNameOf(resolved), because: item.because });
  const gap = audienceGap(resolved, draft.snapshot);
  wantMappings(draft, resolved, given, gap?.why);
  if (gap) {
    for (const { kind, id } of given) noteGap(kind === "role" ? draft.gaps.roles : draft.gaps.teams, id, gap.why);
    if (unresolved) draft.gaps.all ??= unresolved;
    holdMapping(draft, resolved, given, gap);
    if (gap.grantsNothing) return;
  }
  for (const principal of itemsOf(resolved.members).values()) {
    const account = accountOf(draft, principal, resolved);
    if (!account) continue;
    if (principal.state === "active") give(draft, account, given, unresolved);
    else noteFormer(draft, principal, given, () => `${principal.state} in ${directoryOf(resolved)}`);
    if (principal.state === "deactivated" && !draft.departed.has(account.id))
      draft.departed.set(account.id, causeOf(draft, resolved, `deactivated in ${directoryOf(resolved)}`));
  }
}

/** What a mapping gives, and why that may not be all of it. */
function givenBy(
  draft: DesiredDraft,
  resolved: ResolvedMapping,
): { readonly given: Given[]; readonly unresolved?: string } {
  const { snapshot, target, organization, gaps, heldBack } = draft;
  const { mapping } = resolved;
  const group = groupNameOf(resolved);
  const cause = (name: string, span: Span) => causeAt(snapshot, `${group} → ${name}`, { source: mapping.source, span });
  const given: Given[] = [];
  let unresolved: string | undefined;
  const hold = (name: string, span: Span, why: string) => {
    const { text, ...where } = cause(name, span);
    if (resolved.inForce) heldBack.push({ what: text, why, people: [], ...where });
    unresolved ??= why;
  };
  for (const granted of organization.push.roles === "off" ? [] : resolved.roles) {
    const problem = roleProblem(granted, snapshot, target);
    if (problem) {
      for (const id of problem.ids) noteGap(gaps.roles, id, problem.why);
      hold(granted.ref.name ?? granted.ref.id ?? "?", granted.span, problem.why);
    } else if (granted.role.answer === "present") {
      const { id, name } = granted.role.item;
      given.push({ kind: "role", id, because: cause(name, granted.span) });
    }
  }
  for (const { handle, span } of organization.push.teams === "off" ? [] : resolved.teams)
    given.push({ kind: "team", id: handle, because: cause(handle, span) });
  for (const { value, span } of resolved.unknownBundles) hold(value, span, `bundle "${value}" does not exist`);
  return { given, ...(unresolved === undefined ? {} : { unresolved }) };
}

function give(draft: DesiredDraft, account: Account, given: readonly Given[], unresolved: string | undefined): void {
  draft.mapped.add(account.id);
  // What a misspelt name would have given is not known, so its members keep what they have.
  if (unresolved) noteGap(draft.gaps.accounts, account.id, unresolved);
  for (const { kind, id, because } of given) {
    const wanted = kind === "role" ? entryOf(draft.roles, account.id) : entryOf(draft.teams, id);
    const key = kind === "role" ? id : account.id;
    if (!wanted.has(key)) wanted.set(key, because);
  }
}

/** The one account of a person; whoever has none, several or no known state is put on the list instead. */
function accountOf(draft: DesiredDraft, principal: Principal, resolved: ResolvedMapping): Account | undefined {
  const joined = joinPerson(draft.target, principal, directoryOf(resolved));
  if (joined.account) return joined.account;
  if (joined.why === WAITS_FOR.account && draft.organization.push.users === "full") {
    const account = newcomer(draft, principal);
    if (account) noteClaimant(draft, resolved, account.id);
    return account;
  }
  if (joined.why === undefined) return undefined;
  const person = principal.login || principal.email || principal.name;
  for (const { id } of joined.undecided) noteGap(draft.gaps.accounts, id, `${person}: ${joined.why}`);
  addStranger(draft, joined.why, person);
  return undefined;
}

/** Without a role nobody gets an account: Datadog would give a new one a role of its own choice. (2026-06) */
function dropRoleless(draft: DesiredDraft): void {
  for (const [id, { handle }] of draft.newcomers) {
    if (draft.roles.has(id)) continue;
    draft.newcomers.delete(id);
    addStranger(draft, "no account is created for them, because no mapping gives them a role", handle);
  }
}

function addStranger({ strangers }: DesiredDraft, why: string, person: string): void {
  addTo(strangers, why, person);
}

/** Datadog's handles are addresses, so somebody without one gets no account. */
function newcomer(draft: DesiredDraft, { login, email, name }: Principal): Account | undefined {
  const handle = [login, email].find((text) => text.includes("@"));
  if (handle === undefined) return undefined;
  const id = newAccountId(handle);
  const known = draft.newcomers.get(id);
  if (known) return known;
  const fresh = { id, handle, email: handle, name: name || handle, roleIds: [], serviceAccount: false } as const;
  const account: Account = { ...fresh, status: "pending" };
  draft.newcomers.set(id, account);
  return account;
}

function noteFormer(
  draft: DesiredDraft,
  principal: Principal,
  given: readonly Given[],
  textOf: (item: Given) => string,
): void {
  for (const account of accountsOf(draft.target, principal))
    for (const item of given) {
      const key = keyOf(item.kind, item.id, account.id);
      if (!draft.former.has(key)) draft.former.set(key, { ...item.because, text: textOf(item) });
    }
}

function holdMapping(
  draft: DesiredDraft,
  resolved: ResolvedMapping,
  given: readonly Given[],
  gap: { readonly why: string; readonly grantsNothing: boolean },
): void {
  const { text, ...place } = causeOf(draft, resolved, groupNameOf(resolved));
  const gives = given.length === 0 ? "" : ` (${countOf(given.length, "grant")})`;
  const effect = gap.grantsNothing ? "; it grants nothing, and nobody loses anything because of it" : "";
  draft.heldBack.push({ what: `${text}${gives}`, why: `${gap.why}${effect}`, people: [], ...place });
}

/** A cause at the mapping's group. */
function causeOf({ snapshot }: DesiredDraft, { mapping }: ResolvedMapping, text: string): Cause {
  return causeAt(snapshot, text, { source: mapping.source, span: mapping.group?.span ?? mapping.span });
}

function directoryOf(resolved: ResolvedMapping): string {
  return resolved.directory?.name ?? "the directory";
}
