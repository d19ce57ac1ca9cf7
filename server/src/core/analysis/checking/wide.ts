/** Rules that look at more than one piece: at the mappings of a group, the definitions of a bundle, a whole organization. */

import type { Bundle } from "../../model/mapping.ts";
import type { Source } from "../../model/text.ts";
import { namesOfBundle } from "../names.ts";
import type { MappedOrganization, Rule, WideContext } from "../rule.ts";
import { organizationOf, type World } from "../world.ts";
import { type Circles, producerOf } from "./circles.ts";
import type { RuleKinds } from "./kinds.ts";
import type { Ledger } from "./ledger.ts";
import type { CheckedFile } from "./mapped.ts";
import { judge, type MappingAt, SILENCE } from "./verdict.ts";

/** What the checker keeps. */
export interface Kept {
  readonly rules: RuleKinds;
  readonly circles: Circles;
  readonly ledger: Ledger;
  readonly files: ReadonlyMap<string, CheckedFile>;
  readonly mappingAt: MappingAt;
}

/** One rule to be asked about one organization; what was said of one that is gone is taken back. */
export interface Judgement {
  readonly name: string;
  readonly rule: Rule;
  readonly mapped: MappedOrganization | undefined;
}

/** Says anew what rules find in all mappings of one group; `key` is that of `groupKeyOf`. */
export function judgeGroup(kept: Kept, world: World, key: string): void {
  const mappings = kept.circles.mappingsOf(key);
  const organization = mappings[0]?.organization;
  say(kept, world, producerOf("group", key), mappings[0]?.mapping.source, kept.rules.group, (context) => (rule) => {
    if (organization) rule.checkGroup?.({ organization, mappings }, context);
  });
}

/** Says anew what rules find in all definitions of one bundle name. */
export function judgeBundles(kept: Kept, world: World, name: string): void {
  const bundles = world.bundles.get(name) ?? [];
  const users = kept.circles.organizationsUsing(name);
  const usual = (bundle: Bundle) => {
    const head = kept.files.get(bundle.source.file)?.read.head;
    const organization = head && organizationOf(world, head);
    return organization ? [organization] : [];
  };
  // The first definition counts; the others mean the organization of their own file, as one that nobody uses does.
  const names = bundles.map((bundle, index) => {
    const meant = index === 0 && users.length > 0 ? users : usual(bundle);
    return { source: bundle.source, names: namesOfBundle(world, bundle, meant) };
  });
  say(kept, world, producerOf("bundle", name), bundles[0]?.source, kept.rules.bundle, ({ report }) => (rule) => {
    rule.checkBundles?.(bundles, { world, report });
    for (const { source, names: own } of names) {
      rule.checkNames?.(own, { world, source, report: (finding) => report({ source, ...finding }) });
    }
  });
}

/** Says anew what one rule finds in one whole organization. */
export function judgeOrganization(kept: Kept, world: World, { name, rule, mapped }: Judgement): void {
  const producer = producerOf("organization", `${name}\n${rule.id}`);
  say(kept, world, producer, world.project?.tree, [rule], (context) => ({ checkOrganization }) => {
    if (mapped) checkOrganization?.(mapped, context);
  });
}

/** Without a source there is nothing left to look at, and what was said of it is taken back. */
function say(
  { ledger, mappingAt }: Kept,
  world: World,
  producer: string,
  source: Source | undefined,
  rules: readonly Rule[],
  prepare: (context: WideContext) => (rule: Rule) => void,
): void {
  const verdict = source && judge(world, rules, source, mappingAt, (report) => prepare({ world, report }));
  ledger.put(producer, verdict ?? SILENCE);
}
