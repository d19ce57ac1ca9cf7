/** Acme, the company that the sandbox starts with: made anew, and always the same. */

import type { Company, OktaOrganization } from "../company.ts";
import { createDatadog } from "./datadog.ts";
import { createGroups } from "./groups.ts";
import { OKTA_TOKEN } from "./keys.ts";
import { createPeople } from "./people.ts";
import { daysBefore } from "./random.ts";

/** A fresh company; changing it changes no other. */
export function createSeed(): Company {
  const users = createPeople();
  const { groups, rules } = createGroups(users, daysBefore);
  const okta: OktaOrganization = { domain: "acme.okta.com", token: OKTA_TOKEN, users, groups, rules };
  return { okta, datadog: createDatadog(okta) };
}
