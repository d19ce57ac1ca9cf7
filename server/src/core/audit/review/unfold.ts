/** A mapping that takes a bundle apart: it then says by itself what the bundle brought, so that one thing of it can go. */

import { type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import { toEdits } from "../../analysis/places.ts";
import { fileIn, type Snapshot, takeSnapshot, textIn } from "../../analysis/snapshot.ts";
import type { SourceEdit } from "../../model/finding.ts";
import type { RoleRef } from "../../model/mapping.ts";
import { addItems } from "../../syntax/addItems.ts";
import { cutAgain } from "../../syntax/chunks.ts";
import { applyEdits, quote, removeItem, removeListOf } from "../../syntax/edit.ts";
import { readChunks } from "../../syntax/readMappingFile.ts";
import { KEY_ORDER } from "./edits.ts";

export interface Unfolded {
  readonly snapshot: Snapshot;
  readonly resolved: ResolvedMapping;
}

/** Undefined where the entry cannot be edited as it is written. Everybody else's use of the bundle stays as it is. */
export function unfold(snapshot: Snapshot, resolved: ResolvedMapping, bundle: string): Unfolded | undefined {
  const { file } = resolved.file;
  const inFile = (now: Snapshot) => resolvedMappings(now).filter((one) => one.file.file === file);
  const place = inFile(snapshot).findIndex(({ mapping }) => mapping === resolved.mapping);
  const own = new Set([...resolved.mapping.roles.map(nameOf), ...resolved.mapping.teams.map(({ value }) => value)]);
  const roles = resolved.roles.filter((one) => one.bundle?.name.value === bundle && !own.has(nameOf(one.ref)));
  const teams = resolved.teams.filter((one) => one.bundle?.name.value === bundle && !own.has(one.handle));
  // One after the other: two edits might stand at the same place.
  const steps: readonly ((now: ResolvedMapping) => SourceEdit | undefined | "none")[] = [
    (now) =>
      add(
        now,
        "roles",
        roles.map(({ ref }) => roleText(ref)),
      ),
    (now) =>
      add(
        now,
        "teams",
        teams.map(({ handle }) => quote(handle)),
      ),
    ({ mapping }) => {
      const item = mapping.bundles.find(({ value }) => value === bundle)?.span;
      // A list that stands elsewhere, under an anchor, is others' too.
      const isOwn = item && item.start >= mapping.span.start && item.end <= mapping.span.end;
      return isOwn ? (removeListOf(mapping.source, item) ?? removeItem(mapping.source, item)) : undefined;
    },
  ];
  let now = snapshot;
  for (const step of steps) {
    const here = inFile(now)[place];
    const edit = here && step(here);
    if (edit === undefined) return undefined;
    if (edit !== "none") now = withText(now, file, applyEdits(textIn(now, file) ?? "", toEdits(now, [edit])));
  }
  const after = inFile(now)[place];
  return after && { snapshot: now, resolved: after };
}

function add({ mapping }: ResolvedMapping, key: "roles" | "teams", items: readonly string[]) {
  return items.length === 0 ? "none" : addItems(mapping.source, mapping.span, key, [...new Set(items)], KEY_ORDER);
}

function nameOf({ id, name }: RoleRef): string {
  return id ?? name ?? "";
}

function roleText({ name, id }: RoleRef): string {
  if (id === undefined) return quote(name ?? "");
  return `{ ${name === undefined ? "" : `name: ${quote(name)}, `}id: ${quote(id)} }`;
}

/** The snapshot with another text of one of its files. */
export function withText(snapshot: Snapshot, file: string, text: string): Snapshot {
  const before = fileIn(snapshot, file);
  if (!before) return snapshot;
  const after = readChunks(file, cutAgain(before.chunks, text), before);
  const files = snapshot.files.map((one) => (one === before ? after : one));
  return takeSnapshot({ ...snapshot, files }, snapshot);
}
