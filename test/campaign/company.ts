/** Acme with so many groups that every listing takes several pages, and those that matter are not on the first. */

import type { Company, OktaGroup } from "../../server/src/sandbox/company.ts";
import { directMembers } from "../../server/src/sandbox/directory.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import { oktaGroup } from "../support/oktaGroup.ts";

const CROWD = 430;

export function createCompany(today: string): Company {
  const company = createSeed(today);
  const { okta } = company;
  const people = [...okta.users.keys()];
  const own = [...okta.groups.values()];
  const crowd = Array.from({ length: CROWD }, (_, index) =>
    oktaGroup(`app-${String(index).padStart(3, "0")}`, [
      people[index % people.length] ?? "",
      people[(index * 7) % people.length] ?? "",
    ]),
  );
  // Ours in the middle: pages before and after them can be cut.
  okta.groups.clear();
  for (const group of [...crowd.slice(0, 250), ...own, ...crowd.slice(250)]) okta.groups.set(group.id, group);
  return company;
}

/** Addresses of everybody a group reaches, groups inside included. */
export function peopleOf({ okta }: Company, group: OktaGroup): readonly string[] {
  const reach = (each: OktaGroup): string[] => {
    const { people, groups } = directMembers(okta, each);
    return [...people.map(({ email }) => email), ...groups.flatMap(reach)];
  };
  return [...new Set(reach(group))];
}
