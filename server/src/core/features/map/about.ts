/** What a map is of, and how old what it shows is. */

import type { Snapshot } from "../../analysis/snapshot.ts";
import { oldest } from "../../analysis/words.ts";
import type { Knowledge } from "../../model/knowledge.ts";
import type { Instant } from "../../model/time.ts";
import { renderInstant } from "../../model/time.ts";
import { ago } from "../hover/age.ts";
import type { Organization } from "../rows/mapped.ts";

/** `Acme Production (datadoghq.eu), oldest read 14:02 UTC, 3 minutes ago.` */
export function aboutMap(snapshot: Snapshot, { config, target, mappings }: Organization): string {
  const title = target?.actor.state === "known" ? target.actor.value.organizationName : config.name;
  const directories = new Set(mappings.flatMap(({ directory }) => directory?.name ?? []));
  const reads = [
    target?.roles,
    target?.accounts,
    ...[...directories].map((name) => snapshot.directories.get(name)?.groups),
  ];
  const { asOf } = oldest(...reads.map(readAt));
  const age =
    asOf === undefined
      ? "not read yet"
      : `oldest read ${renderInstant(asOf, snapshot.now)}, ${ago(asOf, snapshot.now)}`;
  return `${title} (${config.site.value}), ${age}.`;
}

function readAt(knowledge: Knowledge<unknown> | undefined): Instant | undefined {
  return knowledge?.state === "known" ? knowledge.asOf : undefined;
}
