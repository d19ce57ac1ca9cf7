/** Since when the files give a grant: from the commits, latest first, that all have it. */

import { expect, test } from "vitest";
import type { Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import { grantHistory, sinceText } from "../../server/src/core/audit/review/since.ts";
import { parseFixture } from "../support/fixture.ts";

const LIVE = `#- live okta
groups: [{ name: dd-sre }, { name: dd-web }]
#- live datadog
roles: [{ name: SRE }, { name: Web }]
teams: [{ handle: sre }]
`;
const SRE = "mappings:\n  - group: dd-sre\n    roles: [SRE]\n";

/** Bodies of the one mapping file by day; a file that was not there yet has none. */
type History = readonly (readonly [day: string, body: string])[];

const CASES: readonly (readonly [what: string, now: string, commits: History, isWhole: boolean, since: string])[] = [
  ["a grant that no commit has", SRE, [["2026-03-01", "mappings: []\n"]], true, "not committed"],
  [
    "a grant of the first commit",
    SRE,
    [
      ["2026-03-01", SRE],
      ["2026-01-01", SRE],
    ],
    true,
    "2026-01-01",
  ],
  [
    "the same where history was cut off",
    SRE,
    [
      ["2026-03-01", SRE],
      ["2026-01-01", SRE],
    ],
    false,
    "2026-01-01 or earlier",
  ],
  [
    "a grant that was taken away meanwhile: what came before does not count",
    SRE,
    [
      ["2026-03-01", SRE],
      ["2026-02-01", "mappings: []\n"],
      ["2026-01-01", SRE],
    ],
    false,
    "2026-03-01",
  ],
  [
    "another reason, owner and end is the same grant",
    `${SRE}    reason: On call\n    owner: a@acme.com\n    until: 2027-01-01\n`,
    [
      ["2026-03-01", `${SRE}    reason: Other\n`],
      ["2026-01-01", SRE],
    ],
    true,
    "2026-01-01",
  ],
  [
    "so is one that came with a bundle before, or stood elsewhere in the file",
    `mappings:\n  - group: dd-web\n    roles: [Web]\n  - group: dd-sre\n    roles: [SRE]\n`,
    [["2026-01-01", "bundles:\n  oncall: { roles: [SRE] }\nmappings:\n  - group: dd-sre\n    bundles: [oncall]\n"]],
    true,
    "2026-01-01",
  ],
  [
    "another group that had it does not count",
    SRE,
    [
      ["2026-03-01", SRE],
      ["2026-01-01", "mappings:\n  - group: dd-web\n    roles: [SRE]\n"],
    ],
    true,
    "2026-03-01",
  ],
  [
    "a file that could not be read at a commit gave nothing that is known",
    SRE,
    [
      ["2026-03-01", SRE],
      ["2026-02-01", "mappings: [\n"],
      ["2026-01-01", SRE],
    ],
    true,
    "2026-03-01",
  ],
];

const snapshotOf = (body: string): Snapshot => parseFixture(`#- /a.accessmap.yaml\n${body}${LIVE}`).snapshot;

test.each(CASES)("%s", async (_, now, commits, isWhole, since) => {
  async function* states() {
    for (const [day, body] of commits) yield { committedAt: `${day}T12:00:00.000Z`, snapshot: snapshotOf(body) };
  }
  const history = await grantHistory(snapshotOf(now), states(), () => isWhole);
  const [key = ""] = [...history.since.keys()].filter((one) => one.includes("dd-sre"));
  expect(sinceText(history, key)).toBe(since);
});
