/** Inherited findings: which ones a baseline takes, and which ones it knows again. */

import { expect, test } from "vitest";
import {
  EMPTY_BASELINE,
  inherit,
  readBaseline,
  renderBaseline,
  sizeOf,
} from "../../server/src/core/analysis/baseline.ts";
import { Checker } from "../../server/src/core/analysis/checking/checker.ts";
import { DEFAULT_POLICY } from "../../server/src/core/model/project.ts";
import type { Spot } from "../../server/src/core/model/text.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { parseFixture } from "../support/fixture.ts";

const MAPPINGS = `  - { group: dd-a, roles: [Nope] }
  - { group: dd-b, roles: [Nope, Nope2] }
`;

function open(mappings: string) {
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\nmappings:\n${mappings}#- live datadog\nroles: [SRE]\n`);
  const checker = new Checker(RULES);
  checker.update(snapshot);
  checker.settle();
  const heirs = {
    rules: RULES,
    policy: DEFAULT_POLICY,
    groupAt: (spot: Spot) => checker.mappingAt(spot)?.mapping.group?.text,
  };
  return { findings: checker.findings("a.accessmap.yaml"), heirs };
}

const before = open(MAPPINGS);
const text = renderBaseline(before.findings, before.heirs);
const baseline = readBaseline(text);

/** Findings that are still news, by what they point at. */
function news(mappings: string): readonly string[] {
  const { findings, heirs } = open(mappings);
  return inherit(findings, baseline, heirs)
    .filter(({ inherited }) => !inherited)
    .map(({ source, span }) => source.text.slice(span.start, span.end));
}

test("it says rule, file and subject, and no line", () => {
  expect(JSON.parse(text)).toEqual({
    version: 1,
    findings: ["dd-a: Nope", "dd-b: Nope", "dd-b: Nope2"].map((subject) => {
      return { rule: "ref/unknown-role", file: "a.accessmap.yaml", subject, count: 1 };
    }),
  });
  expect(sizeOf(baseline)).toBe(3);
});

test("what is in it becomes information and says so", () => {
  const all = inherit(before.findings, baseline, before.heirs);
  expect(all.map(({ severity, inherited }) => ({ severity, inherited }))).toEqual(
    Array(3).fill({ severity: "info", inherited: true }),
  );
});

test("lines may move and mappings may change places", () => {
  expect(news(`# One more line.\n\n${MAPPINGS}`)).toEqual([]);
  expect(news("  - { group: dd-b, roles: [Nope, Nope2] }\n  - { group: dd-a, roles: [Nope] }\n")).toEqual([]);
});

test("the same mistake elsewhere, or once more, is news", () => {
  expect(news(`${MAPPINGS}  - { group: dd-c, roles: [Nope] }\n`)).toEqual(["Nope"]);
  expect(news(MAPPINGS.replace("[Nope] }", "[Nope, Nope] }"))).toEqual(["Nope", "Nope"]);
});

test("a written baseline forgets what is gone", () => {
  const after = open("  - { group: dd-a, roles: [Nope] }\n");
  expect(sizeOf(readBaseline(renderBaseline(after.findings, after.heirs)))).toBe(1);
});

test("a finding that nobody may suppress is never inherited, nor a broken form", () => {
  const secret = open("  - { group: dd-a, reason: ddapp_0123456789abcdef0123456789abcdef01234567, rolls: [] }\n");
  const rules = new Set(secret.findings.map(({ rule }) => rule));
  expect(rules).toContain("schema/unknown-key");
  const rows = JSON.parse(renderBaseline(secret.findings, secret.heirs)).findings as { rule: string }[];
  expect(rows.map(({ rule }) => rule).filter((rule) => /^(cred|schema)/.test(rule))).toEqual([]);
});

test("a broken baseline inherits nothing", () => {
  for (const broken of [
    undefined,
    "",
    "nonsense",
    "[]",
    '{"findings":[{"rule":"x"},null,{"rule":"a","file":"b","subject":"c","count":-1}]}',
  ])
    expect(readBaseline(broken)).toEqual(EMPTY_BASELINE);
});
