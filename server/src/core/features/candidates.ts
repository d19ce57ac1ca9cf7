/** Names to choose from when a question is put together: permissions, people, mapped groups and roles of one organization. */

import { engineOf } from "../analysis/engine/fromSnapshot.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { itemsOf } from "../model/knowledge.ts";
import { compareText } from "../model/order.ts";
import { printable } from "../model/printable.ts";
import type { OrganizationConfig } from "../model/project.ts";
import { matching } from "./rows/row.ts";

export type NameChoiceKind = "permission" | "person" | "group" | "role";

export interface NameChoice {
  readonly name: string;
  readonly detail: string;
}

/** As many as a list in an editor takes; the next letter narrows them. */
const MOST = 200;

/** Those whose name or detail has every word of `text`; permissions the most sensitive first, others by name. */
export function candidates(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  kind: NameChoiceKind,
  text: string,
): readonly NameChoice[] {
  const all = list(snapshot, organization, kind);
  return matching(all, ({ name, detail }) => `${name} ${detail}`, text)
    .slice(0, MOST)
    .map(({ name, detail }) => ({ name, detail: printable(detail) }));
}

function list(snapshot: Snapshot, organization: OrganizationConfig, kind: NameChoiceKind): readonly NameChoice[] {
  const engine = engineOf(snapshot, organization);
  if (!engine) return [];
  const { vocabulary, people, groups } = engine.relation;
  switch (kind) {
    case "permission":
      return vocabulary.permissions.map(({ name, sensitivity, summary, displayName }) => ({
        name,
        detail: `${sensitivity}: ${summary ?? displayName}`,
      }));
    case "person":
      return byName(
        [...people.values()].map(({ name, email, kind: of }) => ({
          name,
          detail: of === "service" ? "service account" : (email ?? ""),
        })),
      );
    case "group":
      return byName([...groups.values()].map(({ name }) => ({ name, detail: "" })));
    case "role":
      return byName(
        [...itemsOf(snapshot.targets.get(organization.name)?.roles).values()].map(({ name, managed }) => ({
          name,
          detail: managed ? "managed by Datadog" : "",
        })),
      );
  }
}

function byName(all: readonly NameChoice[]): readonly NameChoice[] {
  const unique = new Map(all.map((candidate) => [candidate.name, candidate]));
  return [...unique.values()].sort((one, other) => compareText(one.name, other.name));
}
