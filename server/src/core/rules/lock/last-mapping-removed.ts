/**
 * lock/last-mapping-removed: no mapping names a group any more that accessmap.lock records, and there are people in it.
 *
 * Why: they lose what the group gave them, at the next push or at their next login. A line that was deleted by mistake looks
 * the same as one that was meant to go.
 * Do: when it is meant, run `accessmap lock`, which forgets the group; else put the mapping back, read-only if nothing else.
 * Not reported: groups that are gone or empty or could not be read; groups that are mapped under another name now; projects
 * with several organizations, since the lock does not say in which one a group was mapped.
 */

import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { findGroupById } from "../../model/directory.ts";
import { itemsOf } from "../../model/knowledge.ts";

export const lastMappingRemoved: Rule = {
  id: "lock/last-mapping-removed",
  severity: "warning",
  checkOrganization({ organization, mappings }, { world, report }) {
    if (world.project?.content.organizations.size !== 1) return;
    for (const [directory, pins] of world.lock.groups) {
      const inventory = world.directories.get(directory);
      const own = mappings.filter((resolved) => resolved.directory?.name === directory);
      if (!inventory || own.some(({ group }) => group?.answer !== "present")) continue;
      const mapped = new Set(own.flatMap(({ group }) => (group?.answer === "present" ? [group.item.id] : [])));
      const removed = [...pins].filter(([, { id, people }]) => {
        const found = mapped.has(id) ? undefined : findGroupById(inventory, id);
        if (found?.answer !== "present") return false;
        return (people ?? found.item.memberCount ?? itemsOf(inventory.members.get(id)).size) > 0;
      });
      if (removed.length === 0) continue;
      const names = removed.map(([name]) => inQuotes(name)).sort();
      report({
        source: world.project.tree,
        span: organization.span,
        message: `No mapping names ${fold(names)} of "${directory}" any more, and there are people in ${removed.length === 1 ? "it" : "them"}; when that is meant, run \`accessmap lock\``,
      });
    }
  },
};
