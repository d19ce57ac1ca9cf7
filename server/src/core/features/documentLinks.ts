/** Links from names to the vendor's own page about the thing, where its id is known. */

import { namesIn } from "../analysis/namesInFile.ts";
import { startsIn } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { groupPage, rolePage, teamPage } from "../model/adminPages.ts";
import { shift } from "../model/finding.ts";
import type { Lookup } from "../model/knowledge.ts";
import { indexBy } from "../model/maps.ts";
import type { Source, Span } from "../model/text.ts";
import { writtenEnd } from "../syntax/lines.ts";

export interface DocumentLink {
  readonly span: Span;
  readonly url: string;
  /** Plain text. */
  readonly tooltip: string;
}

/** In file order. A name that means several things, in two organizations or by its ambiguity, has no link. */
export function documentLinks(snapshot: Snapshot, file: string): readonly DocumentLink[] {
  const { groups, roles, teams } = namesIn(snapshot, file);
  const startOf = startsIn(snapshot);
  const links = [
    ...groups.flatMap(({ ref, source, found: group, inventory }) => {
      const directory = snapshot.project?.content.directories.get(inventory.name);
      return link(source, ref.span, group, "group", inventory.name, (id) => directory && groupPage(directory, id));
    }),
    ...roles.flatMap(({ ref, source, found: role, organization }) =>
      link(source, ref.span, role, "role", organization.name, (id) => rolePage(organization, id)),
    ),
    ...teams.flatMap(({ ref, source, found: team, organization }) =>
      link(source, ref.span, team, "team", organization.name, (id) => teamPage(organization, id)),
    ),
  ];
  const places = indexBy(links, ({ span }) => String(span.start));
  return links
    .filter(({ span }) => places.get(String(span.start))?.length === 1)
    .sort((one, other) => one.span.start - other.span.start);

  function link(
    source: Source,
    span: Span,
    thing: Lookup<{ readonly id: string }>,
    kind: string,
    system: string,
    pageOf: (id: string) => string | undefined,
  ): DocumentLink[] {
    const url = thing.answer === "present" ? pageOf(thing.item.id) : undefined;
    if (url === undefined) return [];
    const written = { start: span.start, end: writtenEnd(source.text, span) };
    return [{ span: shift(written, startOf(source)), url, tooltip: `Open the ${kind} in ${system}` }];
  }
}
