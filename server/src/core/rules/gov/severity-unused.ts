/**
 * gov/severity-unused: the policy sets a severity that changes nothing.
 *
 * Why: somebody believes that a check is stricter or milder somewhere, and it is neither. Files that were moved or renamed are
 * judged again as if nobody had decided anything.
 * Do: correct the path (offered when one is close) or remove the entry. A pattern is compared with the whole path below the
 * folder of accessmap.yaml, such as `access/prod.accessmap.yaml`; `*` is any text, slashes included.
 * Not reported: files that could not be read, and with them all patterns of paths; names of rules and organizations that do
 * not exist, see ref/unknown-rule and ref/unknown-organization; severities that equal the rule's own; rules that found
 * nothing so far.
 */

import { matchesGlob, matchesSome } from "../../analysis/glob.ts";
import { changeTo, hint, remove } from "../../analysis/judgements/fixes.ts";
import type { ProjectFiles, Rule, RuleContext } from "../../analysis/rule.ts";
import { inQuotes } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import type { RuleOverride } from "../../model/project.ts";
import { lineStarts, positionAt } from "../../model/text.ts";
import { nearestFew } from "../../syntax/nearest.ts";

/** `others` are all other rules, which this one cannot see. */
export function severityUnused(others: readonly Pick<Rule, "id" | "locked">[]): Rule {
  const id = "gov/severity-unused";
  const all = [...others, { id }];
  return {
    id,
    severity: "info",
    checkProject(context) {
      const { overrides, rules, named } = policyOf(context.world);
      for (const { value, span } of named.rules) {
        const setting = rules.get(value);
        if (setting !== undefined && setting !== "error" && isLocked(all, value))
          context.report({
            span,
            message: `${value} is locked: it stays an error, whatever the policy says; remove it`,
          });
      }
      for (const { rules: patterns, severity, span } of overrides) {
        const meant = all.filter((rule) => matchesSome(patterns, rule.id));
        if (severity === "error" || meant.length === 0 || meant.some(({ locked }) => !locked)) continue;
        context.report({
          span,
          message: `All rules of this override are locked: they stay errors, whatever the policy says; remove it`,
          fixes: removal(context, { span }),
        });
      }
    },
    checkFiles(files, context) {
      const { overrides } = policyOf(context.world);
      overrides.forEach((override, index) => {
        if (files.isWhole && reportsPaths(override, files, context)) return;
        const first = overrides.slice(0, index).find((before) => covers(before, override, files, all));
        if (!first) return;
        const { text } = context.source;
        const line = positionAt(lineStarts(text), first.span.start).line + 1;
        context.report({
          span: override.span,
          message: `This override never counts, because the one of line ${line} fits all its findings first; remove it, or move it up`,
          fixes: removal(context, override),
        });
      });
    },
  };
}

/** Reports each pattern that no path fits; true when none is left for the override to be about. */
function reportsPaths(override: RuleOverride, { paths }: ProjectFiles, context: RuleContext): boolean {
  const unused = override.files.filter(({ value }) => !paths.some((path) => matchesGlob(value, path)));
  const isAll = unused.length === override.files.length;
  for (const { value, span } of unused) {
    const near = nearPaths(value, paths);
    context.report({
      span,
      message: `No file of the project fits ${inQuotes(value)}${hint(near, isAll ? "correct it, or remove this override" : "correct or remove it")}`,
      fixes: [
        ...changeTo(context.source, span, near),
        // Without any pattern the override would be about all files.
        ...(isAll ? removal(context, override) : remove(context.source, "Remove this pattern", span)),
      ],
    });
  }
  return isAll && unused.length > 0;
}

/** What was probably meant: the pattern as other tools write it, else a path that is close. */
function nearPaths(pattern: string, paths: readonly string[]): readonly string[] {
  const ours = pattern
    .replaceAll("\\", "/")
    .replace(/^(\.?\/)+/, "")
    .replace(/^\*\*\//, "*");
  if (ours !== pattern && paths.some((path) => matchesGlob(ours, path))) return [ours];
  if (/[*?[{]/.test(pattern)) return [];
  // What all paths end with would make any two of them close.
  const byStem = new Map(paths.map((path) => [stemOf(path), path]));
  return nearestFew(stemOf(ours), byStem.keys(), 3).flatMap((stem) => byStem.get(stem) ?? []);
}

function stemOf(path: string): string {
  return path.replace(/\.accessmap\.ya?ml$/, "");
}

/** Whether the earlier of two overrides fits wherever the later one does. */
function covers(
  before: RuleOverride,
  after: RuleOverride,
  { paths, isWhole }: ProjectFiles,
  all: readonly Pick<Rule, "id">[],
): boolean {
  const isWider = (one: readonly string[], other: readonly string[]) =>
    one.length === 0 || (other.length > 0 && other.every((name) => one.includes(name)));
  const fitting = paths.filter((path) => matchesSome(after.files, path));
  const meant = all.filter(({ id }) => matchesSome(after.rules, id));
  return (
    meant.length > 0 &&
    meant.every(({ id }) => matchesSome(before.rules, id)) &&
    isWider(before.organizations, after.organizations) &&
    (before.files.length === 0 ||
      (isWhole && after.files.length > 0 && fitting.every((path) => matchesSome(before.files, path))))
  );
}

function isLocked(all: readonly Pick<Rule, "id" | "locked">[], id: string): boolean {
  return all.some((rule) => rule.id === id && rule.locked === true);
}

function removal({ source }: Pick<RuleContext, "source">, { span }: Pick<RuleOverride, "span">) {
  return remove(source, "Remove this override", span);
}
