/** An Okta group for companies that need many: nobody has changed it for long. */

import type { OktaGroup } from "../../server/src/sandbox/company.ts";
import { oktaId } from "../../server/src/sandbox/ids.ts";

/** `members` are ids of people of the company. */
export function oktaGroup(name: string, members: string[]): OktaGroup {
  return {
    id: oktaId("00g", name),
    name,
    description: "",
    type: "OKTA_GROUP",
    created: "2024-01-15T09:00:00.000Z",
    lastMembershipUpdated: "2024-01-15T09:00:00.000Z",
    members,
  };
}
