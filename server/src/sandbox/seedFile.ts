/** Seed files, JSON or YAML: a company of your own for the sandbox. People, groups, roles and teams may be named by name. */

import { parse } from "yaml";
import type { Company, OktaGroup, OktaOrganization, OktaRule, OktaStatus, OktaUser } from "./company.ts";
import { oktaId } from "./ids.ts";
import { OKTA_TOKEN } from "./seed/keys.ts";
import { readDatadog } from "./seedDatadog.ts";
import { LONG_AGO, oneOf, optionalText, type Place, placeOf, placesIn, referencesIn, textIn } from "./seedReader.ts";

const STATUSES: readonly OktaStatus[] = [
  "STAGED",
  "PROVISIONED",
  "ACTIVE",
  "RECOVERY",
  "PASSWORD_EXPIRED",
  "LOCKED_OUT",
  "SUSPENDED",
  "DEPROVISIONED",
];

/** Throws an Error whose message names the place and the remedy. What `toSeed` writes is read back as it was. */
export function parseSeed(text: string): Company {
  const file = placeOf(parseText(text), "seed");
  return {
    okta: readOkta(placeOf(file.fields.okta ?? {}, "okta")),
    datadog: readDatadog(placeOf(file.fields.datadog ?? {}, "datadog")),
  };
}

/** JSON first: of large files it is read a hundred times faster than YAML, which it is a part of. */
function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseYaml(text);
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Error(`The seed is neither JSON nor YAML (${reason}); correct it there`);
  }
}

function readOkta(place: Place): OktaOrganization {
  const users = new Map(placesIn(place, "users").map((item) => unique(readUser(item))));
  const byLogin = new Map([...users.values()].map((user) => [user.login, user.id]));
  const resolve = (who: string) => (users.has(who) ? who : byLogin.get(who.toLowerCase()));
  const groups = new Map(placesIn(place, "groups").map((item) => unique(readGroup(item, resolve))));
  const byName = new Map([...groups.values()].map((group) => [group.name, group.id]));
  const rules = placesIn(place, "rules").map((item): OktaRule => {
    const name = textIn(item, "name");
    const groupIds = referencesIn(
      item,
      "groupIds",
      (group) => (groups.has(group) ? group : byName.get(group)),
      "add the group to okta.groups",
    );
    return { id: textIn(item, "id", oktaId("0pr", name)), name, expression: textIn(item, "expression"), groupIds };
  });
  return { domain: textIn(place, "domain", "acme.okta.com"), token: OKTA_TOKEN, users, groups, rules };
}

function readUser(place: Place): OktaUser {
  const login = textIn(place, "login").toLowerCase();
  const [first = login, last = ""] = (login.split("@")[0] ?? login).split(".");
  return {
    id: textIn(place, "id", oktaId("00u", login)),
    login,
    email: textIn(place, "email", login).toLowerCase(),
    firstName: textIn(place, "firstName", first),
    lastName: optionalText(place, "lastName") ?? last,
    department: optionalText(place, "department") ?? "",
    status: oneOf(place, "status", STATUSES, "ACTIVE"),
    created: textIn(place, "created", LONG_AGO),
    lastLogin: optionalText(place, "lastLogin"),
  };
}

function readGroup(place: Place, resolve: (who: string) => string | undefined): OktaGroup {
  const name = textIn(place, "name");
  return {
    id: textIn(place, "id", oktaId("00g", name)),
    name,
    description: optionalText(place, "description") ?? "",
    type: oneOf(place, "type", ["OKTA_GROUP", "APP_GROUP", "BUILT_IN"] as const, "OKTA_GROUP"),
    created: textIn(place, "created", LONG_AGO),
    lastMembershipUpdated: textIn(place, "lastMembershipUpdated", LONG_AGO),
    members: referencesIn(place, "members", resolve, "add the person to okta.users, or take the member out"),
  };
}

function unique<T extends { id: string }>(row: T): [string, T] {
  return [row.id, row];
}
