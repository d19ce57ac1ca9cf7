/**
 * lock/claim-overage: more groups are mapped than the identity provider can send in a login.
 *
 * Why: beyond its limit a provider leaves groups out, or all of them. The person then matches no mapping, and where role
 * mapping is on, loses every role.
 * Do: map fewer groups; send only groups that are assigned to the application; or push through SCIM, which needs no claim.
 * Not reported: other ways to push than SAML; SCIM directories. Groups that are not mapped are not seen, although the provider
 * may count them: staying below the limit here does not prove that a login does.
 */

// Entra: 150 groups in a SAML token, https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference;
// Okta: 100 in a claim; Google: 75 groups picked for an app. (2026-09)
import type { ResolvedMapping } from "../../analysis/grants.ts";
import type { Rule } from "../../analysis/rule.ts";
import type { DirectoryKind } from "../../model/directory.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";

const LIMITS: Readonly<Record<DirectoryKind, number>> = {
  entra: 150,
  okta: 100,
  google: 75,
  scim: Number.POSITIVE_INFINITY,
};

export const claimOverage: Rule = {
  id: "lock/claim-overage",
  severity: "error",
  checkOrganization({ organization, mappings }, { world, report }) {
    const { push, name, span } = organization;
    if (!world.project || (push.roles !== "saml" && push.teams !== "saml")) return;
    for (const [directory, own] of indexBy(
      mappings.filter(({ inForce }) => inForce),
      (one) => one.directory?.name ?? "",
    )) {
      const kind = own[0]?.directory?.type;
      const groups = new Map(
        own.flatMap((one) => (one.group?.answer === "present" ? [[one.group.item.id, one] as const] : [])),
      );
      const limit = LIMITS[kind ?? "scim"];
      if (!kind || groups.size <= limit) continue;
      const most = kind === "google" ? groups.size : mostGroupsOfOne([...groups.values()]);
      if (most <= limit) continue;
      const who =
        kind === "google"
          ? `${most} groups of "${directory}" are mapped in "${name}", and a Google SAML app sends ${limit} at most`
          : `Somebody in "${directory}" is in ${most} groups that are mapped in "${name}", and a login carries ${limit} at most`;
      report({ source: world.project.tree, span, message: `${who}; map fewer groups, or push through SCIM` });
    }
  },
};

function mostGroupsOfOne(mappings: readonly ResolvedMapping[]): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const { members } of mappings) {
    for (const id of itemsOf(members).keys()) {
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      most = Math.max(most, count);
    }
  }
  return most;
}
