/** The list of rules, in documentation order. */

import type { Rule } from "../analysis/rule.ts";
import { ending } from "./cred/ending.ts";
import { oldOrUnused } from "./cred/old-or-unused.ts";
import { secretInFile } from "./cred/secret-in-file.ts";
import { tooBroad } from "./cred/too-broad.ts";
import { unscopedServiceKey } from "./cred/unscoped-service-key.ts";
import { userOwnedScimKey } from "./cred/user-owned-scim-key.ts";
import { wrongTarget } from "./cred/wrong-target.ts";
import { editableAttributeRule } from "./esc/editable-attribute-rule.ts";
import { inviteWide } from "./esc/invite-wide.ts";
import { keyTakeover } from "./esc/key-takeover.ts";
import { nestedSurprise } from "./esc/nested-surprise.ts";
import { openTeam } from "./esc/open-team.ts";
import { selfGrant } from "./esc/self-grant.ts";
import { selfJoinGroup } from "./esc/self-join-group.ts";
import { serviceAccountPivot } from "./esc/service-account-pivot.ts";
import { storedConnection } from "./esc/stored-connection.ts";
import { teamConfersRole } from "./esc/team-confers-role.ts";
import { weakGroupOwner } from "./esc/weak-group-owner.ts";
import { ambiguousDate } from "./exp/ambiguous-date.ts";
import { expired } from "./exp/expired.ts";
import { missingOnPrivileged } from "./exp/missing-on-privileged.ts";
import { serviceAccountEnd } from "./exp/service-account-end.ts";
import { soon } from "./exp/soon.ts";
import { tooLong } from "./exp/too-long.ts";
import { classUnused } from "./gov/class-unused.ts";
import { ownerMissing } from "./gov/owner-missing.ts";
import { reasonMissing } from "./gov/reason-missing.ts";
import { reviewOverdue } from "./gov/review-overdue.ts";
import { serviceAccountUnowned } from "./gov/service-account-unowned.ts";
import { severityUnused } from "./gov/severity-unused.ts";
import { suppressExpired } from "./gov/suppress-expired.ts";
import { suppressUnused } from "./gov/suppress-unused.ts";
import { suppressWithoutReason } from "./gov/suppress-without-reason.ts";
import { contradiction } from "./hyg/contradiction.ts";
import { duplicate } from "./hyg/duplicate.ts";
import { givesNothing } from "./hyg/gives-nothing.ts";
import { liveNotInFile } from "./hyg/live-not-in-file.ts";
import { nameConvention } from "./hyg/name-convention.ts";
import { orphanRole } from "./hyg/orphan-role.ts";
import { unsorted } from "./hyg/unsorted.ts";
import { disabledMembers } from "./idp/disabled-members.ts";
import { emptyGroup } from "./idp/empty-group.ts";
import { growth } from "./idp/growth.ts";
import { leaverStillActive } from "./idp/leaver-still-active.ts";
import { noMfa } from "./idp/no-mfa.ts";
import { outsiders } from "./idp/outsiders.ts";
import { singleMember } from "./idp/single-member.ts";
import { claimOverage } from "./lock/claim-overage.ts";
import { emptied } from "./lock/emptied.ts";
import { lastMappingRemoved } from "./lock/last-mapping-removed.ts";
import { massGrant } from "./lock/mass-grant.ts";
import { massRemoval } from "./lock/mass-removal.ts";
import { noAdminLeft } from "./lock/no-admin-left.ts";
import { noBreakGlass } from "./lock/no-break-glass.ts";
import { self } from "./lock/self.ts";
import { unmatchedActiveUsers } from "./lock/unmatched-active-users.ts";
import { googleRename } from "./plat/google-rename.ts";
import { idpUnsupportedForScim } from "./plat/idp-unsupported-for-scim.ts";
import { jitAndScim } from "./plat/jit-and-scim.ts";
import { managedTeamWrite } from "./plat/managed-team-write.ts";
import { mappingLimit } from "./plat/mapping-limit.ts";
import { mappingsDisabled } from "./plat/mappings-disabled.ts";
import { teamNameLink } from "./plat/team-name-link.ts";
import { teamSourceExcludesSaml } from "./plat/team-source-excludes-saml.ts";
import { twoWriters } from "./plat/two-writers.ts";
import { userNotProvisioned } from "./plat/user-not-provisioned.ts";
import { adminBroadGroup } from "./priv/admin-broad-group.ts";
import { adminEquivalentRole } from "./priv/admin-equivalent-role.ts";
import { beyondClass } from "./priv/beyond-class.ts";
import { billingOutsideFinance } from "./priv/billing-outside-finance.ts";
import { catchAllRole } from "./priv/catch-all-role.ts";
import { codeExecution } from "./priv/code-execution.ts";
import { credentialExposure } from "./priv/credential-exposure.ts";
import { dataExfiltration } from "./priv/data-exfiltration.ts";
import { defaultRoleTooHigh } from "./priv/default-role-too-high.ts";
import { destructive } from "./priv/destructive.ts";
import { directUserGrant } from "./priv/direct-user-grant.ts";
import { envMismatch } from "./priv/env-mismatch.ts";
import { everyoneElevated } from "./priv/everyone-elevated.ts";
import { evidenceTampering } from "./priv/evidence-tampering.ts";
import { limitExceeded } from "./priv/limit-exceeded.ts";
import { managedRoleGrows } from "./priv/managed-role-grows.ts";
import { permissionGap } from "./priv/permission-gap.ts";
import { readOnlyShadowed } from "./priv/read-only-shadowed.ts";
import { redundantGrant } from "./priv/redundant-grant.ts";
import { roleChangedSinceReview } from "./priv/role-changed-since-review.ts";
import { serviceAccountAdmin } from "./priv/service-account-admin.ts";
import { serviceAccountInHumanGroup } from "./priv/service-account-in-human-group.ts";
import { unionSurprise } from "./priv/union-surprise.ts";
import { unmaskSensitive } from "./priv/unmask-sensitive.ts";
import { unusedGrant } from "./priv/unused-grant.ts";
import { ambiguousName } from "./ref/ambiguous-name.ts";
import { attributeKeyUnseen } from "./ref/attribute-key-unseen.ts";
import { caseMismatch } from "./ref/case-mismatch.ts";
import { recreated } from "./ref/recreated.ts";
import { renamed } from "./ref/renamed.ts";
import { retiredPermission } from "./ref/retired-permission.ts";
import { unknownBundle } from "./ref/unknown-bundle.ts";
import { unknownDirectory } from "./ref/unknown-directory.ts";
import { unknownGroup } from "./ref/unknown-group.ts";
import { unknownOrganization } from "./ref/unknown-organization.ts";
import { unknownPermission } from "./ref/unknown-permission.ts";
import { unknownRole } from "./ref/unknown-role.ts";
import { unknownRule } from "./ref/unknown-rule.ts";
import { unknownTeam } from "./ref/unknown-team.ts";
import { wrongIdentifierKind } from "./ref/wrong-identifier-kind.ts";
import { forbiddenAccess } from "./sod/forbidden-access.ts";
import { grantAndAudit } from "./sod/grant-and-audit.ts";
import { newAccess } from "./sod/new-access.ts";
import { policyPair } from "./sod/policy-pair.ts";
import { failed } from "./test/failed.ts";

const OWN: readonly Rule[] = [
  // What names stand for.
  unknownGroup,
  unknownRole,
  unknownTeam,
  ambiguousName,
  renamed,
  recreated,
  caseMismatch,
  wrongIdentifierKind,
  unknownBundle,
  unknownDirectory,
  unknownOrganization,
  unknownPermission,
  retiredPermission,
  attributeKeyUnseen,
  // How much is given, and to how many.
  everyoneElevated,
  adminBroadGroup,
  adminEquivalentRole,
  limitExceeded,
  beyondClass,
  redundantGrant,
  readOnlyShadowed,
  catchAllRole,
  destructive,
  credentialExposure,
  dataExfiltration,
  codeExecution,
  evidenceTampering,
  unmaskSensitive,
  billingOutsideFinance,
  inviteWide,
  managedRoleGrows,
  envMismatch,
  unusedGrant,
  permissionGap,
  unionSurprise,
  grantAndAudit,
  directUserGrant,
  defaultRoleTooHigh,
  roleChangedSinceReview,
  growth,
  forbiddenAccess,
  newAccess,
  policyPair,
  // Who is in the group, and who decides that.
  selfJoinGroup,
  editableAttributeRule,
  weakGroupOwner,
  nestedSurprise,
  openTeam,
  noMfa,
  serviceAccountInHumanGroup,
  serviceAccountAdmin,
  outsiders,
  leaverStillActive,
  singleMember,
  emptyGroup,
  disabledMembers,
  selfGrant,
  serviceAccountPivot,
  keyTakeover,
  storedConnection,
  teamConfersRole,
  // Whether it takes effect.
  mappingsDisabled,
  teamSourceExcludesSaml,
  twoWriters,
  jitAndScim,
  mappingLimit,
  managedTeamWrite,
  teamNameLink,
  googleRename,
  idpUnsupportedForScim,
  userNotProvisioned,
  // Whether somebody would be locked out.
  noAdminLeft,
  massRemoval,
  emptied,
  self,
  massGrant,
  noBreakGlass,
  unmatchedActiveUsers,
  lastMappingRemoved,
  claimOverage,
  // Until when, why, and who answers for it.
  expired,
  soon,
  missingOnPrivileged,
  tooLong,
  serviceAccountEnd,
  ambiguousDate,
  duplicate,
  contradiction,
  unsorted,
  nameConvention,
  givesNothing,
  liveNotInFile,
  orphanRole,
  classUnused,
  ownerMissing,
  serviceAccountUnowned,
  reasonMissing,
  suppressWithoutReason,
  suppressExpired,
  suppressUnused,
  reviewOverdue,
  // What the files expect of access.
  failed,
  // The keys in use, and what must not be in files.
  wrongTarget,
  tooBroad,
  userOwnedScimKey,
  unscopedServiceKey,
  oldOrUnused,
  ending,
  secretInFile,
];

/** Rules about what the policy says of rules. */
const UNUSED = severityUnused([...OWN, unknownRule([])]);

export const RULES: readonly Rule[] = [...OWN, UNUSED, unknownRule([...OWN, UNUSED].map(({ id }) => id))];
