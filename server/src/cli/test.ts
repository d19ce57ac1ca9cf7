/** `accessmap test`: what the files expect of access, claim by claim; `--mutate` lists changes that nothing would notice. */

import type { Engine } from "../core/analysis/engine/engine.ts";
import { type ClaimVerdict, judgeExpectation } from "../core/analysis/engine/expectations.ts";
import { engineOf } from "../core/analysis/engine/fromSnapshot.ts";
import { type Survivor as Mutant, mutate } from "../core/analysis/engine/mutants.ts";
import { lineOf } from "../core/analysis/places.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { organizationOf } from "../core/analysis/world.ts";
import type { Expectation } from "../core/model/mapping.ts";
import { allExpectations } from "../core/syntax/readMappingFile.ts";
import { liveGaps } from "../workspace/live/statuses.ts";
import { claimsAsGithub } from "./formats/github.ts";
import { claimsAsJson } from "./formats/json.ts";
import { claimsAsJunit } from "./formats/junit.ts";
import { claimsAsMarkdown } from "./formats/markdown.ts";
import type { Survivor, TestReport } from "./formats/report.ts";
import { claimsAsText } from "./formats/text.ts";
import { type ContentKind, colorsOf, deliver, type Output } from "./support/deliver.ts";
import { EXIT } from "./support/exit.ts";
import { openProject, type ProjectOptions, readLive } from "./support/project.ts";
import { prefixOf } from "./support/repository.ts";
import type { Terminal } from "./support/terminal.ts";

export interface TestOptions extends ProjectOptions, Output {
  readonly format: keyof typeof FORMATS;
  readonly mutate?: boolean;
  readonly requireLive?: boolean;
}

type Write = (report: TestReport, color: Terminal["color"]) => string;

const FORMATS = {
  text: ["lines", claimsAsText],
  json: ["json", claimsAsJson],
  junit: ["text", claimsAsJunit],
  github: ["commands", claimsAsGithub],
  markdown: ["text", claimsAsMarkdown],
} as const satisfies Readonly<Record<string, readonly [ContentKind, Write]>>;

interface Tested {
  readonly organization: string;
  /** Undefined while nothing is known of the organization. */
  readonly engine: Engine | undefined;
  readonly expectations: readonly Expectation[];
}

/** Fails when a claim fails; what could not be proven fails only where live data is required. */
export async function test(options: TestOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  await readLive(workspace, terminal, "test");
  const snapshot = workspace.snapshot();
  const tested = collect(snapshot);
  const claims = tested.flatMap(({ organization, engine, expectations }) =>
    expectations.flatMap((expectation) =>
      outcomesOf(engine, expectation, organization).map(({ verdict, claim, why, span }) => ({
        verdict,
        claim,
        ...(why === undefined ? {} : { why }),
        place: lineOf(snapshot, { source: expectation.source, span }),
      })),
    ),
  );
  const mutations = tested.flatMap(({ organization, engine, expectations }) => {
    if (!options.mutate || !engine) return [];
    const { tried, survivors } = mutate(engine, expectations);
    return [{ organization, tried, survivors: survivors.map((mutation) => toSurvivor(snapshot, mutation)) }];
  });
  const found = { claims, mutations, gaps: liveGaps(workspace), prefix: prefixOf(workspace.folder) };
  const [kind, write] = FORMATS[options.format];
  await deliver(write(found, colorsOf(options, terminal)), kind, options, terminal);
  if (options.format === "text" || options.format === "json") for (const gap of found.gaps) terminal.note(gap);
  if (claims.some(({ verdict }) => verdict === "fails")) return EXIT.findings;
  return options.requireLive && claims.some(({ verdict }) => verdict === "unproven") ? EXIT.live : EXIT.clean;
}

function collect(snapshot: Snapshot): readonly Tested[] {
  const organizations = snapshot.project?.content.organizations ?? new Map();
  return [...organizations.values()].map((organization) => ({
    organization: organization.name,
    engine: engineOf(snapshot, organization),
    expectations: snapshot.files
      .filter(({ head }) => organizationOf(snapshot, head) === organization)
      .flatMap(allExpectations),
  }));
}

function outcomesOf(
  engine: Engine | undefined,
  expectation: Expectation,
  organization: string,
): readonly ClaimVerdict[] {
  if (engine) return judgeExpectation(engine, expectation);
  const { group, members, person, permission, span } = expectation;
  const subject = (group ?? members ?? person ?? permission)?.value ?? "";
  return [
    { verdict: "unproven", claim: `What is expected of "${subject}"`, span, why: `${organization} was not read` },
  ];
}

function toSurvivor(snapshot: Snapshot, { kind, text, people, grant }: Mutant): Survivor {
  return { kind, text, people, ...(grant?.spot && { place: lineOf(snapshot, grant.spot) }) };
}
