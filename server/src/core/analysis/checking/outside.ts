/** Rules that look at what is no entry: the project file, the head of a mapping file, where the files are. */

import { firstMapping, type ReadMappingFile } from "../../syntax/readMappingFile.ts";
import type { ProjectFiles } from "../rule.ts";
import type { World } from "../world.ts";
import { producerOf } from "./circles.ts";
import { judge, SILENCE } from "./verdict.ts";
import type { Kept } from "./wide.ts";

/** Says anew what rules find in the project file; takes everything back where there is none. */
export function checkProject({ ledger, rules }: Kept, world: World): void {
  const { project } = world;
  if (!project) {
    ledger.put("project", SILENCE);
    return;
  }
  const { tree, problems } = project;
  const { findings, used } = judge(world, rules.project, tree, nowhere, (report) => {
    const context = { world, source: tree, report };
    return (rule) => {
      rule.checkProject?.(context);
      rule.checkText?.(tree, context);
    };
  });
  ledger.put("project", { findings: [...problems, ...findings], used });
  ledger.changed.add(tree.file);
}

/** Says anew what rules find in the head of a mapping file, with what is wrong with its form beyond its pieces. */
export function checkHead({ ledger, rules, mappingAt }: Kept, world: World, read: ReadMappingFile): void {
  const { file, head, problems } = read;
  const { source } = head;
  const first = firstMapping(read);
  const { findings, used } = judge(world, rules.head, source, mappingAt, (report) => {
    const context = { world, source, first, report };
    return (rule) => rule.checkHead?.(head, context);
  });
  ledger.put(producerOf("head", file), { findings: [...problems, ...findings], used });
}

/** Says anew what rules find in where the files are. Such findings stand in the project file. */
export function checkFiles({ ledger, rules }: Kept, world: World, files: ProjectFiles): void {
  const tree = world.project?.tree;
  if (!tree) {
    ledger.put("files", SILENCE);
    return;
  }
  const found = judge(world, rules.files, tree, nowhere, (report) => {
    const context = { world, source: tree, report };
    return (rule) => rule.checkFiles?.(files, context);
  });
  ledger.put("files", found);
}

function nowhere(): undefined {
  return undefined;
}
