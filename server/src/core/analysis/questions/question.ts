/** Questions about access and the form of their answers: text for people, data for programs, both of the same facts. */

import type { AssistantAccess, OrganizationConfig } from "../../model/project.ts";
import { nearestOrFuller } from "../../syntax/nearest.ts";
import type { Path } from "../engine/answers.ts";
import type { Engine } from "../engine/engine.ts";
import { pathText } from "../engine/pathWords.ts";
import { hint } from "../judgements/fixes.ts";
import { lineOf } from "../places.ts";
import type { Snapshot } from "../snapshot.ts";

export type Question =
  | { readonly kind: "who-can"; readonly permission: string }
  | { readonly kind: "explain"; readonly person: string }
  /** A mapped group by its name, or by its key in the engine where names are not enough. */
  | { readonly kind: "group"; readonly group: string }
  /** Ways to an administrator's power: of one mapped group, or of all. */
  | { readonly kind: "escalation"; readonly group?: string }
  | { readonly kind: "what-if"; readonly change: SupposedChange }
  | { readonly kind: "login"; readonly person: string }
  /** A SAML response or assertion: XML, or base64 as browsers post it (`SAMLResponse`). */
  | { readonly kind: "login"; readonly assertion: string };

/** A person joins or leaves a group, or a group gets or loses a role. */
export type SupposedChange =
  | { readonly what: "joins" | "leaves"; readonly person: string; readonly group: string }
  | { readonly what: "gains" | "loses"; readonly group: string; readonly role: string };

/** What a question is about and who asks. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly organization: OrganizationConfig;
  readonly engine: Engine;
  readonly people: AssistantAccess;
}

export interface Reply {
  readonly title: string;
  readonly lines: readonly string[];
  /** The same as plain data. */
  readonly data: unknown;
}

/** Why there is no answer, in words that say what to name instead. */
export interface NoAnswer {
  readonly problem: string;
  /** There may be such a thing all the same: not all that it could be found in is known. */
  readonly isUnknown?: true;
}

/** `No permission "x"; did you mean "y"?` With a `gap` there may be such a thing all the same. */
export function unheardOf(what: string, name: string, names: Iterable<string>, gap?: string): NoAnswer {
  const near = nearestOrFuller(name, names, 3);
  const said = `${what} "${name}"${near.length === 0 ? "" : hint(near, "")}`;
  if (gap === undefined) return { problem: said };
  return { problem: `${said}${said.endsWith("?") ? "" : "."} Not certain: ${gap}`, isUnknown: true };
}

/**
 * `2 people or accounts are meant by x@acme.com: a@acme.com, b@acme.com; name one of them`. Where they share a name, as service accounts
 * may, by the ids of their accounts. `keys` are those of the engine.
 */
export function severalMeant(engine: Engine, text: string, keys: readonly string[]): NoAnswer {
  const names = new Set(keys.map((key) => engine.relation.people.get(key)?.name ?? key));
  const list = names.size === keys.length ? [...names] : keys.map((key) => key.replace(/^account /, ""));
  return {
    problem: `${keys.length} people or accounts are meant by ${text}: ${list.sort().join(", ")}; name one of them`,
  };
}

/** `"dd-sre" → "SRE"  access/platform.accessmap.yaml:12` */
export function pathLine({ snapshot }: Asked, path: Path): string {
  const place = path.grant?.spot && lineOf(snapshot, path.grant.spot);
  return `${pathText(path)}${place ? `  ${place.file}:${place.line}` : ""}`;
}

/** A path as plain data; `file`, `line` and `column` where a file says it. */
export function pathData({ snapshot }: Asked, { group, team, role, includedIn, grant }: Path) {
  return {
    ...(group ? { group: group.facts.name } : {}),
    ...(team === undefined ? {} : { team }),
    role: role.name,
    ...(includedIn === undefined ? {} : { partOf: includedIn }),
    ...(grant?.spot ? lineOf(snapshot, grant.spot) : {}),
  };
}
