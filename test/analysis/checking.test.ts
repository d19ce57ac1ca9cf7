/** Findings kept up to date by difference equal those made from nothing, after any edits, file by file. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { problemsByFile } from "../../server/src/core/analysis/check.ts";
import { Checker } from "../../server/src/core/analysis/checking/checker.ts";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { cutAgain } from "../../server/src/core/syntax/chunks.ts";
import { readChunks, readMappingFile, textOfFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { parseFixture } from "../support/fixture.ts";
import { applyEdit, edit, editIn, mappingFile } from "../support/yaml.ts";

const { snapshot: base } = parseFixture(`
#- /accessmap.yaml
version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
policy:
  limits: { critical: 1, high: 1 }
  require: { reason: high, owner: high, until: high }
  classes:
    - groups: ["x"]
      only: read
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }, { name: x, members: [ana] }, y, z]
#- live datadog
roles:
  - { name: SRE, permissions: [logs_delete_data] }
  - { name: Engineer, permissions: [dashboards_write] }
  - { name: Datadog Admin Role, permissions: [user_access_manage] }
teams: [sre, eng]
`);

const FILES = ["a.accessmap.yaml", "b.accessmap.yaml"];

const step = fc.record({
  file: fc.nat({ max: 1 }),
  edit,
  gone: fc.integer({ min: 0, max: 19 }).map((die) => die === 0),
});

/** Hundreds of checks from nothing: seconds, on a busy machine a minute. */
const PATIENCE = 240_000;

test("after any edits the findings are those of a fresh check", { timeout: PATIENCE }, () => {
  fc.assert(
    fc.property(fc.tuple(mappingFile, mappingFile), fc.array(step, { minLength: 1, maxLength: 6 }), (start, steps) => {
      const texts = new Map<string, string>(FILES.map((file, index) => [file, start[index] ?? ""]));
      const checker = new Checker(RULES);
      let last = base;
      const see = () => {
        const files = [...texts].map(([file, text]) => {
          const known = last.files.find((read) => read.file === file);
          if (!known) return readMappingFile(file, text);
          return textOfFile(known) === text ? known : readChunks(file, cutAgain(known.chunks, text), known);
        });
        last = takeSnapshot({ ...base, files }, last);
        checker.update(last);
        checker.settle();
        const fresh = new Checker(RULES);
        const anew = takeSnapshot({
          ...base,
          files: [...texts].map(([file, text]) => readMappingFile(file, text)),
        });
        fresh.update(anew);
        fresh.settle();
        expect(problemsByFile(last, checker)).toEqual(problemsByFile(anew, fresh));
      };
      see();
      for (const { file, edit: one, gone } of steps) {
        const name = FILES[file] as string;
        const text = texts.get(name) ?? "";
        if (gone) texts.delete(name);
        else texts.set(name, applyEdit(text, editIn(text, one)));
        see();
      }
    }),
    { numRuns: 60 },
  );
});

/** The same project with other live data, policy and organizations. */
const { snapshot: other } = parseFixture(`
#- /accessmap.yaml
version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
  dev: { site: datadoghq.eu, directory: okta, push: { roles: off, teams: off } }
policy:
  limits: { critical: 5 }
#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: x, members: [ana, bob, cy] }, z]
#- live datadog
roles:
  - { name: SRE, permissions: [dashboards_write] }
  - { name: Datadog Admin Role, permissions: [user_access_manage] }
teams: [eng]
`);

const WORLDS = [base, other, { ...base, project: undefined }];

const move = fc.record({
  world: fc.nat({ max: WORLDS.length - 1 }),
  file: fc.nat({ max: 1 }),
  edit,
  /** As many turns pass before the next move. */
  turns: fc.nat({ max: 4 }),
});

test("after any edits while worlds change the findings are those of a fresh check, once all turns are taken", () => {
  fc.assert(
    fc.property(fc.tuple(mappingFile, mappingFile), fc.array(move, { minLength: 1, maxLength: 6 }), (start, moves) => {
      const checker = new Checker(RULES, 0);
      let last = takeSnapshot({
        ...base,
        files: FILES.map((file, index) => readMappingFile(file, start[index] ?? "")),
      });
      checker.update(last);
      for (const { world, file: index, edit: one, turns } of moves) {
        const files = last.files.map((read) => {
          const text = textOfFile(read);
          if (read.file !== FILES[index]) return read;
          return readChunks(read.file, cutAgain(read.chunks, applyEdit(text, editIn(text, one))), read);
        });
        last = takeSnapshot({ ...(WORLDS[world] as typeof base), files }, last);
        checker.update(last);
        for (let turn = 0; turn < turns; turn++) checker.settleStep();
      }
      checker.settle();
      const fresh = new Checker(RULES);
      const anew = takeSnapshot({
        ...last,
        files: last.files.map((read) => readMappingFile(read.file, textOfFile(read))),
      });
      fresh.update(anew);
      fresh.settle();
      expect(problemsByFile(last, checker)).toEqual(problemsByFile(anew, fresh));
    }),
    { numRuns: 60 },
  );
});
