/** Performs changes of AuthN mappings. Every write is read back: from the mapping's own address, or from the whole list. */

import type { AuthnMapping } from "../../model/target.ts";
import type { Attempt, NewMapping } from "../connector.ts";
import type { CreateMapping, DeleteMapping, MappingContent, UpdateMapping } from "../plan.ts";
import {
  asWanted,
  failedBy,
  isUnsent,
  lookAfter,
  notAsWanted,
  notSeen,
  type Performed,
  type Run,
  readSurely,
  sendSurely,
  WHOLE_STEP,
} from "./run.ts";

/** Creates one unless the same stands there already, and adds it to the run's mappings once it was seen. */
export async function createMapping(run: Run, { mapping }: CreateMapping): Promise<Performed> {
  const { writer } = run.context;
  if (findMapping(run.mappings.values(), mapping)) return { result: "already", detail: "" };
  const created = await writer.createMapping(toNewMapping(mapping), WHOLE_STEP);
  if (isUnsent(created)) return failedBy(created.why);
  const isThere = (found: AuthnMapping | null) => found !== null && isContent(found, mapping);
  const read = (): Promise<Attempt<AuthnMapping | null>> =>
    created.ok ? writer.readMapping(created.value.id, WHOLE_STEP) : lookFor(run, mapping);
  const seen = await lookAfter(run.context, created, read, isThere);
  if (seen.value && seen.isAsWanted) {
    run.mappings.set(seen.value.id, seen.value);
    return asWanted(created);
  }
  return seen.why ? notSeen(created, seen.why) : notAsWanted(created, "the mapping is not there");
}

/** Writes only over what the plan saw: a mapping that says something else by now is somebody's, and stays. */
export async function updateMapping(run: Run, { id, before, after }: UpdateMapping): Promise<Performed> {
  const { writer } = run.context;
  const live = await writer.readMapping(id, WHOLE_STEP);
  if (!live.ok) return failedBy(live.why, "not written, because it could not be read first: ");
  if (live.value && isContent(live.value, after)) return { result: "already", detail: "" };
  if (!live.value || !isContent(live.value, before))
    return { result: "failed", detail: "not written: the mapping changed since the plan was made" };
  const sent = await sendSurely(() => writer.updateMapping(id, toNewMapping(after), WHOLE_STEP));
  if (isUnsent(sent)) return failedBy(sent.why);
  const read = () => writer.readMapping(id, WHOLE_STEP);
  const seen = await lookAfter(run.context, sent, read, (found) => found !== null && isContent(found, after));
  if (seen.isAsWanted) return asWanted(sent);
  if (seen.why) return notSeen(sent, seen.why);
  const isAsBefore = seen.value && isContent(seen.value, before);
  return notAsWanted(
    sent,
    isAsBefore ? "the mapping is still as before" : "the mapping is gone or says something else",
  );
}

/**
 * Deletes only what the plan saw. One that is gone must be gone from the list as well, since Datadog's "not found" for
 * a mapping that it lists is a fault of its own.
 */
export async function deleteMapping(run: Run, { id, mapping }: DeleteMapping): Promise<Performed> {
  const { writer } = run.context;
  const live = await writer.readMapping(id, WHOLE_STEP);
  if (!live.ok) return failedBy(live.why, "not deleted, because it could not be read first: ");
  if (!live.value) {
    const listed = await isListed(run, id);
    if (!listed.ok) return failedBy(listed.why, "not deleted, because it could not be read first: ");
    if (!listed.value) return { result: "already", detail: "" };
    return { result: "failed", detail: "not deleted: Datadog lists the mapping and says that it is not there" };
  }
  if (!isContent(live.value, mapping))
    return { result: "failed", detail: "not deleted: the mapping changed since the plan was made" };
  const sent = await sendSurely(() => writer.deleteMapping(id, WHOLE_STEP));
  if (isUnsent(sent)) return failedBy(sent.why);
  const seen = await lookAfter(
    run.context,
    sent,
    () => isListed(run, id),
    (listed) => !listed,
  );
  if (seen.isAsWanted) return asWanted(sent);
  return seen.why ? notSeen(sent, seen.why) : notAsWanted(sent, "the mapping is still there");
}

/** The whole list is another endpoint than the mapping's own: one word of "not found" proves nothing by itself. */
async function isListed({ context }: Run, id: string): Promise<Attempt<boolean>> {
  const all = await readSurely(
    () => context.writer.readMappings(WHOLE_STEP),
    (mappings) => mappings.length === 0,
  );
  return all.ok ? { ok: true, value: all.value.some((mapping) => mapping.id === id) } : all;
}

/** A mapping that says exactly this. */
export function findMapping(mappings: Iterable<AuthnMapping>, content: MappingContent): AuthnMapping | undefined {
  for (const mapping of mappings) if (isContent(mapping, content)) return mapping;
  return undefined;
}

/** True when a live mapping gives that very role or team for that very attribute and value, case included. */
export function isContent({ key, value, grants }: AuthnMapping, content: MappingContent): boolean {
  const { kind, id } = content.gives;
  const given = "roleId" in grants ? kind === "role" && grants.roleId === id : kind === "team" && grants.teamId === id;
  return given && key === content.key && value === content.value;
}

function toNewMapping({ key, value, gives }: MappingContent): NewMapping {
  return { key, value, grants: gives.kind === "role" ? { roleId: gives.id } : { teamId: gives.id } };
}

async function lookFor({ context }: Run, mapping: MappingContent): Promise<Attempt<AuthnMapping | null>> {
  const all = await context.writer.readMappings(WHOLE_STEP);
  return all.ok ? { ok: true, value: findMapping(all.value, mapping) ?? null } : all;
}
