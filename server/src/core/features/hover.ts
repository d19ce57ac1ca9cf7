/** Hover: what stands under the cursor and what it means live, as Markdown. Unknown is said, with its reason and age. */

import type { Snapshot } from "../analysis/snapshot.ts";
import type { Span } from "../model/text.ts";
import { type Location, locate } from "../syntax/locate.ts";
import { type Format, formatOf, schemaAt } from "../syntax/schema.ts";
import { describeBundle, describeDate, describeKey, documentPermission } from "./hover/documents.ts";
import { describeGroup } from "./hover/group.ts";
import { describeRole, describeTeam } from "./hover/target.ts";
import { type Mention, mentionAt, touchedAt } from "./support/mentions.ts";
import { type Scope, scopeAt } from "./support/scope.ts";
import { matchesPath, type Subject, subjectAt, subjectOfKeys } from "./support/subject.ts";

export interface Hover {
  readonly span: Span;
  /** Markdown without HTML; names of vendors stand in it as code. */
  readonly markdown: string;
}

/**
 * What there is to say of the offset; undefined for comments, blanks and texts over several lines. `text` may be newer than
 * the snapshot's.
 */
export function hover(snapshot: Snapshot, file: string, text: string, offset: number): Hover | undefined {
  const location = locate(text, offset);
  const linked = mentionAt(snapshot, file, offset);
  if (!location || isLinked(location.token) || (linked && isOverLines(snapshot, text, linked, offset)))
    return linked && hoverLinked(snapshot, file, offset, linked);
  if (location.token.text === "") return undefined;
  const { span, text: name } = location.token;
  const format = formatOf(file);
  const subject = subjectOf(format, location);
  const markdown =
    location.role === "key" && !subject
      ? describeKey(name, schemaAt(format, [...location.path, name]))
      : describe(snapshot, scopeAt(snapshot, file, offset, location.entries.get("directory"), location.path), subject, {
          name,
          span,
        });
  return markdown === undefined ? undefined : { span, markdown };
}

/** Behind an anchor or a tag, or an alias. */
function isLinked({ quote, text }: Location["token"]): boolean {
  return quote === "" && /^[&*!]/.test(text);
}

/** True for a name of which one line is a part, perhaps another name. */
function isOverLines(snapshot: Snapshot, text: string, mention: Mention, offset: number): boolean {
  const { start, end } = touchedAt(snapshot, mention, offset);
  return /[\r\n]/.test(text.slice(start, end).trimEnd());
}

/** A name that its line alone does not tell: what it says is known only once the file is read. */
function hoverLinked(snapshot: Snapshot, file: string, offset: number, mention: Mention): Hover | undefined {
  const span = touchedAt(snapshot, mention, offset);
  const { kind, name } = mention;
  const markdown = describe(snapshot, scopeAt(snapshot, file, offset), kind, { name, span });
  return markdown === undefined ? undefined : { span, markdown };
}

/** Of keys, teams and bundles are names; the others are the format's own. */
function subjectOf(format: Format, { role, path }: Location): Subject | undefined {
  if (role === "value") return subjectAt(format, path);
  if (format === "mapping") return matchesPath("bundles", path) ? "bundle" : undefined;
  return subjectOfKeys(format, path) === "team" ? "team" : undefined;
}

function describe(
  snapshot: Snapshot,
  scope: Scope,
  subject: Subject | undefined,
  { name, span }: { readonly name: string; readonly span: Span },
): string | undefined {
  switch (subject) {
    case "group":
      return describeGroup(snapshot, scope, { by: "name", text: name, span });
    case "group-id":
      return describeGroup(snapshot, scope, { by: "id", text: name, span });
    case "role":
      return describeRole(snapshot, scope, { name, span });
    case "role-id":
      return describeRole(snapshot, scope, { id: name, span });
    case "team":
      return describeTeam(snapshot, scope, name);
    case "permission":
      return documentPermission(scope.target, name);
    case "bundle":
      return describeBundle(snapshot, name);
    case "date":
      return describeDate(snapshot, name);
    default:
      return undefined;
  }
}
