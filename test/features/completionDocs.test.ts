/** A chosen completion is told about in the words of its hover. */

import { expect, test } from "vitest";
import type { CandidateKind } from "../../server/src/core/features/completion/candidates.ts";
import { describeOffered } from "../../server/src/core/features/completionDocs.ts";
import { parseFixture } from "../support/fixture.ts";

const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
bundles:
  base: { roles: [SRE] }
mappings:
  - group: dd-sre
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE]
teams: [sre]
`);

function heading(kind: CandidateKind, name: string): string | undefined {
  return describeOffered(snapshot, { file: "a.accessmap.yaml", offset: 40, kind, name })?.split("\n")[0];
}

test("each kind of name", () => {
  expect(heading("group", "dd-sre")).toBe("**Group** `dd-sre` in `okta`");
  expect(heading("role", "SRE")).toContain("**Role** `SRE` in `prod`");
  expect(heading("team", "sre")).toContain("**Team** `sre`");
  expect(heading("bundle", "base")).toBe("**Bundle** `base` of `a.accessmap.yaml`");
  expect(heading("permission", "logs_delete_data")).toContain("logs_delete_data");
  expect(heading("key", "roles")).toBeUndefined();
});
