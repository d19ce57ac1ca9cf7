/** Acme, the company that the sandbox starts with: made anew, and always the same. */

import type { Company, OktaOrganization } from "../company.ts";
import { createDatadog } from "./datadog.ts";
import { createGroups } from "./groups.ts";
import { OKTA_TOKEN } from "./keys.ts";
import { createPeople } from "./people.ts";
import { daysBefore, SEED_DAY } from "./random.ts";
import { shift } from "./shift.ts";

/** A fresh company; changing it changes no other. `today` (`YYYY-MM-DD`) moves its history, ids stay as they are. */
export function createSeed(today: string = SEED_DAY): Company {
  const users = createPeople();
  const { groups, rules } = createGroups(users, daysBefore);
  const okta: OktaOrganization = { domain: "acme.okta.com", token: OKTA_TOKEN, users, groups, rules };
  const days = Math.round((Date.parse(today) - Date.parse(SEED_DAY)) / 86_400_000);
  return shift({ okta, datadog: createDatadog(okta) }, days);
}
