/** Hover: what stands under the cursor and what it means live, as Markdown. Unknown is said, with its reason and age. */

import type { Snapshot } from "../analysis/snapshot.ts";
import type { Span } from "../model/text.ts";
import { locate } from "../syntax/locate.ts";
import { formatOf, schemaAt } from "../syntax/schema.ts";
import { describeBundle, describeDate, describeKey, describePermission } from "./hover/documents.ts";
import { describeGroup } from "./hover/group.ts";
import { describeRole, describeTeam } from "./hover/target.ts";
import { scopeAt } from "./support/scope.ts";
import { subjectAt, subjectOfKeys } from "./support/subject.ts";

export interface Hover {
  readonly span: Span;
  /** Markdown without HTML; names of vendors stand in it as code. */
  readonly markdown: string;
}

export function hover(snapshot: Snapshot, file: string, text: string, offset: number): Hover | undefined {
  const location = locate(text, offset);
  if (!location || location.token.text === "") return undefined;
  const { span, text: name } = location.token;
  const format = formatOf(file);
  const isTeam = location.role === "key" && subjectOfKeys(format, location.path) === "team";
  if (location.role === "key" && !isTeam) {
    const markdown = describeKey(name, schemaAt(format, [...location.path, name]));
    return markdown === undefined ? undefined : { span, markdown };
  }
  const markdown = describe();
  return markdown === undefined ? undefined : { span, markdown };

  function describe(): string | undefined {
    const scope = scopeAt(snapshot, file, offset, location?.entries.get("directory"), location?.path);
    switch (isTeam ? "team" : subjectAt(format, location?.path ?? [])) {
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
        return describePermission(scope.target, name);
      case "bundle":
        return describeBundle(snapshot, name);
      case "date":
        return describeDate(snapshot, name);
      default:
        return undefined;
    }
  }
}
