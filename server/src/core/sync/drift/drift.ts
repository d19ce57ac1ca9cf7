/**
 * What changed in Datadog outside these files: who holds or lacks what the files do not say, told apart from what waits for
 * an apply by the journals of earlier applies and by the audit trail. What nothing tells apart is said to be unclear.
 */

import type { Snapshot } from "../../analysis/snapshot.ts";
import { type Failure, itemsOf } from "../../model/knowledge.ts";
import type { AccessEvent } from "../../model/target.ts";
import type { Instant } from "../../model/time.ts";
import { lossCause, namedAccount, namedRole } from "../causes.ts";
import { desire } from "../desire/desire.ts";
import type { Desired } from "../desire/desired.ts";
import { roleGap, teamGap, unreadIn } from "../desire/gaps.ts";
import { requirementsOf } from "../desire/requirements.ts";
import { diff } from "../diff/diff.ts";
import { diffMappings } from "../diff/mappings.ts";
import type { LatestApplies } from "../journal/journal.ts";
import { peopleOf } from "../people.ts";
import type { Cause, MappingContent, Named, Origin } from "../plan.ts";
import { settlingOf, whyHeldBack } from "./held.ts";
import { evidenceOf, explains, mappingOrigin, type OriginEvidence, originOf } from "./origin.ts";

/** Where a difference comes from; absent where nothing tells. */
interface Found {
  /** There and not asked for, or asked for and not there. */
  readonly state: "extra" | "missing";
  /** What asks for it, or why nothing does. */
  readonly because: Cause;
  readonly origin?: Origin;
}

/** An AuthN mapping, on the path that pushes those. */
export interface MappingDifference extends Found {
  readonly kind: "mapping";
  readonly mapping: MappingContent;
}

export type Difference = HoldingDifference | MappingDifference;

/** Somebody holds what no mapping gives, or lacks what one gives. */
export interface HoldingDifference extends Found {
  readonly kind: "role" | "team";
  readonly account: Named;
  /** The role, or the team by its handle. */
  readonly what: Named;
  /** Why no apply settles it. */
  readonly heldBack?: string;
  /** The latest event of somebody else that explains it. */
  readonly event?: AccessEvent;
}

export interface Drift {
  readonly organization: { readonly name: string; readonly title: string; readonly site: string };
  /** The last apply; without one, the audit trail's usual window counts. */
  readonly since?: Instant;
  readonly adopted: boolean;
  readonly differences: readonly Difference[];
  /** Differences that may just as well come from groups or files: the audit trail does not reach or cannot be read. */
  readonly unclear: readonly Difference[];
  /** Differences that an apply will settle: files or groups changed, nobody in Datadog did. */
  readonly pending: number;
  /** Those that come from files or groups as well, and that no apply settles. */
  readonly heldBack: readonly HoldingDifference[];
  /** What somebody else did to managed roles and teams themselves. */
  readonly events: readonly AccessEvent[];
  /** Why who and when may be unknown. */
  readonly unseen?: string;
  /** What was not read wholly; then there may be more. */
  readonly unread?: string;
}

/** What was found, or the live data that is required and not there at all. */
export type DriftAttempt = { readonly drift: Drift } | { readonly missing: readonly Failure[] };

/** The audit trail counts where the target was read with it. */
export function driftOf(snapshot: Snapshot, organization: string, applies: LatestApplies): DriftAttempt {
  const required = requirementsOf(snapshot, organization);
  if ("missing" in required) return required;
  const desired = desire(snapshot, required.organization, required.target);
  const evidence = evidenceOf(required.target, applies);
  const { since, unseen, foreign } = evidence;
  const settling = settlingOf(diff(desired, required.actor));
  const differing = [...roleDifferences(desired), ...teamDifferences(desired)];
  const holdings = differing.map((differs): HoldingDifference => {
    const heldBack = whyHeldBack(settling, differs);
    const difference = { ...differs, ...(heldBack !== undefined && { heldBack }) };
    const asked = { ...difference, isHeld: difference.state === "extra" };
    const origin = originOf(evidence, asked);
    if (!origin) return difference;
    const event = origin.from === "datadog" && foreign.find((each) => each.at === origin.at && explains(each, asked));
    return { ...difference, origin, ...(event && { event }) };
  });
  const found: readonly Difference[] = [...holdings, ...mappingDifferences(desired, evidence)];
  const isHeldBack = (each: Difference) => each.kind !== "mapping" && each.heldBack !== undefined;
  const from = (wanted: Origin["from"] | undefined) => found.filter(({ origin }) => origin?.from === wanted);
  const unread = unreadIn(snapshot, required.organization, required.target);
  const { title, site } = { title: required.actor.organizationName, site: required.target.site };
  return {
    drift: {
      organization: { name: organization, title, site },
      ...(since !== undefined && { since }),
      adopted: desired.adopted,
      differences: from("datadog"),
      unclear: from(undefined),
      pending: from("files").filter((each) => !isHeldBack(each)).length,
      heldBack: holdings.filter((each) => each.origin?.from === "files" && isHeldBack(each)),
      events: foreign.filter(
        (event) => isAboutManaged(event, desired) && !holdings.some((each) => each.event === event),
      ),
      ...(unseen !== undefined && { unseen }),
      ...(unread !== undefined && { unread }),
    },
  };
}

/** True when somebody should look. */
export function isDrifting({ differences, unclear, events }: Drift): boolean {
  return differences.length + unclear.length + events.length > 0;
}

function roleDifferences(desired: Desired): HoldingDifference[] {
  const { organization, managed, gaps } = desired;
  // Through SAML a role comes and goes with logins: what somebody holds today is no edit of anybody's.
  if (organization.push.roles !== "scim" && organization.push.roles !== "members") return [];
  return peopleOf(desired.target).flatMap((account): HoldingDifference[] => {
    if (account.status === "disabled") return [];
    const base = { kind: "role", account: namedAccount(desired, account.id) } as const;
    const given = desired.roles.get(account.id) ?? new Map<string, Cause>();
    const extra = account.roleIds.filter(
      (id) => managed.roles.has(id) && !given.has(id) && roleGap(gaps, id, account.id) === undefined,
    );
    const missing = [...given].filter(([id]) => !account.roleIds.includes(id));
    return [
      ...extra.map((id): HoldingDifference => {
        const what = namedRole(desired, id);
        return { ...base, state: "extra", what, because: lossCause(desired, "role", id, what.name, account.id) };
      }),
      ...missing.map(
        ([id, because]): HoldingDifference => ({ ...base, state: "missing", what: namedRole(desired, id), because }),
      ),
    ];
  });
}

function teamDifferences(desired: Desired): HoldingDifference[] {
  const { organization, managed, gaps, target } = desired;
  if (organization.push.teams !== "scim" && organization.push.teams !== "members") return [];
  const accounts = itemsOf(target.accounts);
  return [...itemsOf(target.teams).values()].flatMap((team): HoldingDifference[] => {
    const members = target.teamMembers.get(team.id);
    if (!managed.teams.has(team.handle) || members?.state !== "known" || !members.complete) return [];
    const what: Named = { id: team.handle, name: team.handle };
    const given = desired.teams.get(team.handle) ?? new Map<string, Cause>();
    const base = (id: string) => ({ kind: "team", account: namedAccount(desired, id), what }) as const;
    const isPerson = (id: string) => accounts.get(id)?.serviceAccount === false;
    const extra = [...members.items.keys()].filter(
      (id) => isPerson(id) && !given.has(id) && teamGap(gaps, team.handle, id) === undefined,
    );
    const missing = [...given].filter(([id]) => !members.items.has(id) && accounts.get(id)?.status !== "disabled");
    return [
      ...extra.map((id): HoldingDifference => {
        return { ...base(id), state: "extra", because: lossCause(desired, "team", team.handle, team.handle, id) };
      }),
      ...missing.map(([id, because]): HoldingDifference => ({ ...base(id), state: "missing", because })),
    ];
  });
}

/** What mappings say is what lasts on their path, whoever has logged in since. */
function mappingDifferences(desired: Desired, evidence: OriginEvidence): readonly MappingDifference[] {
  const found = (state: Found["state"], mapping: MappingContent, because: Cause): MappingDifference => {
    const origin = mappingOrigin(evidence, mapping, state === "extra");
    return { kind: "mapping", state, mapping, because, ...(origin && { origin }) };
  };
  return diffMappings(desired).changes.flatMap((change) => {
    if (change.action === "create-mapping") return [found("missing", change.mapping, change.because)];
    if (change.action === "delete-mapping") return [found("extra", change.mapping, change.because)];
    const extra = found("extra", change.before, { text: "no mapping file asks for it" });
    return [extra, found("missing", change.after, change.because)];
  });
}

function isAboutManaged({ asset }: AccessEvent, { managed }: Desired): boolean {
  if (asset.type === "role") return asset.id !== undefined && managed.roles.has(asset.id);
  return asset.type === "team" && asset.name !== undefined && managed.teams.has(asset.name);
}
