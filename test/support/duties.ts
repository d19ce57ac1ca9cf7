/**
 * What a rule's own test must have shown when it ends: a finding, a near miss that stays silent, and each fix that its
 * findings offer, applied and compared. Counted over the fixtures that ran, so that no list can be forgotten. That every fix
 * of every fixture ends its finding is looked at on the way; that rules stay silent without live data is for `pages.test.ts`.
 */

import { existsSync } from "node:fs";
import { expect } from "vitest";
import { check } from "../../server/src/core/analysis/check.ts";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import type { Fix, Problem } from "../../server/src/core/model/problem.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { applyEdits } from "../../server/src/core/syntax/edit.ts";
import { readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import type { Fixture } from "./fixture.ts";

interface Shown {
  isFound: boolean;
  isSilent: boolean;
  readonly offered: Set<string>;
  readonly tried: Set<string>;
}

/** By rule: test files may share this module. */
const all = new Map<string, Shown>();

/** Fixes of many rules that are compared once, in `smallerRole.test.ts`. */
const SHARED = new Set(["Remove this role", 'Use "…" instead']);

/** Takes note of a fixture that was judged, and looks whether each fix ends what it is offered for. */
export function noteFixture(fixture: Fixture, problems: readonly Problem[]): void {
  const id = ruleUnderTest();
  if (id === undefined) return;
  const shown = shownOf(id);
  const own = problems.filter(({ rule }) => rule === id);
  if (own.length > 0) shown.isFound = true;
  else shown.isSilent = true;
  for (const { fixes, message } of own)
    for (const fix of fixes) {
      shown.offered.add(kindOf(fix.title));
      if (isToBeFilledIn(fix)) continue;
      const isSame = (problem: Problem) => problem.rule === id && problem.message === message;
      const left = after(fixture, fix).filter(isSame);
      expect(left.length, `${fix.title} ends a finding`).toBeLessThan(own.filter(isSame).length);
    }
}

/** Takes note of a fix that was applied and compared. */
export function noteFix(title: string): void {
  const id = ruleUnderTest();
  if (id !== undefined) shownOf(id).tried.add(kindOf(title));
}

/** Nothing where the test of a rule showed all of it. */
export function missingDuties(): readonly string[] {
  const id = ruleUnderTest();
  if (id === undefined) return [];
  const own = shownOf(id);
  return [
    ...(own.isFound ? [] : ["a finding"]),
    ...(own.isSilent ? [] : ["a near miss"]),
    ...[...own.offered]
      .filter((title) => !own.tried.has(title) && !SHARED.has(title))
      .map((title) => `the fix ${title}`),
  ];
}

function shownOf(id: string): Shown {
  const own = all.get(id) ?? { isFound: false, isSilent: false, offered: new Set<string>(), tried: new Set<string>() };
  all.set(id, own);
  return own;
}

function after({ snapshot, files }: Fixture, { edits }: Fix): readonly Problem[] {
  const texts = new Map(
    [...new Set(edits.map(({ file }) => file))].map((file) => {
      const own = edits.filter((edit) => edit.file === file);
      return [file, applyEdits(files.get(file) ?? "", own)] as const;
    }),
  );
  const { project } = snapshot;
  const projectText = project && texts.get(project.tree.file);
  const mended = {
    ...snapshot,
    project: project && projectText !== undefined ? readProject(project.tree.file, projectText) : project,
    files: snapshot.files.map((read) => {
      const text = texts.get(read.file);
      return text === undefined ? read : readMappingFile(read.file, text);
    }),
  };
  return check(takeSnapshot(mended), RULES);
}

/** A key without a value, which only a person can give. */
function isToBeFilledIn({ title }: Fix): boolean {
  return /^Add "[a-z]+"$/.test(title);
}

/** Titles that differ in names and numbers alone are one fix. */
function kindOf(title: string): string {
  return title
    .replace(/"[^"]*"/g, '"…"')
    .replace(/^Pin .*/, "Pin …")
    .replace(/\d[\d-]*/g, "…");
}

function ruleUnderTest(): string | undefined {
  const path = (expect.getState().testPath ?? "").replaceAll("\\", "/");
  const id = /\/test\/rules\/([a-z]+\/[a-z-]+)\.test\.ts$/.exec(path)?.[1];
  return id !== undefined && existsSync(path.replace(/test\/rules\/.*/, `server/src/core/rules/${id}.ts`))
    ? id
    : undefined;
}
