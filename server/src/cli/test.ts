/** `accessmap test`: what the files expect of access, claim by claim; `--mutate` lists changes that nothing would notice. */

import type { Engine } from "../core/analysis/engine/engine.ts";
import { judge, type Outcome } from "../core/analysis/engine/expectations.ts";
import { engineOf } from "../core/analysis/engine/fromSnapshot.ts";
import { type Mutation, mutate } from "../core/analysis/engine/mutants.ts";
import { lineOf } from "../core/analysis/places.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { organizationOf } from "../core/analysis/world.ts";
import type { Expectation } from "../core/model/mapping.ts";
import { allExpectations } from "../core/syntax/readMappingFile.ts";
import { EXIT } from "./exit.ts";
import { liveGaps, openProject, type ProjectOptions, readLive } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface TestOptions extends ProjectOptions {
  readonly format: "text" | "json";
  readonly mutate?: boolean;
  readonly requireLive?: boolean;
}

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
  const results = tested.flatMap(({ organization, engine, expectations }) =>
    expectations.flatMap((expectation) =>
      outcomesOf(engine, expectation, organization).map((outcome) => ({
        ...outcome,
        place: lineOf(snapshot, { source: expectation.source, span: outcome.span }),
      })),
    ),
  );
  const mutations = tested.flatMap(({ organization, engine, expectations }) =>
    options.mutate && engine ? [{ organization, ...mutate(engine, expectations) }] : [],
  );
  if (options.format === "json")
    terminal.printJson(
      JSON.stringify(
        { version: 1, results: results.map(toJson), mutations: mutations.map(mutationJson) },
        undefined,
        2,
      ),
    );
  else {
    renderResults(results, terminal);
    for (const mutation of mutations) renderMutation(snapshot, mutation, terminal);
  }
  for (const gap of liveGaps(workspace)) terminal.note(gap);
  if (results.some(({ verdict }) => verdict === "fails")) return EXIT.findings;
  return options.requireLive && results.some(({ verdict }) => verdict === "unproven") ? EXIT.live : EXIT.clean;
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

function outcomesOf(engine: Engine | undefined, expectation: Expectation, organization: string): readonly Outcome[] {
  if (engine) return judge(engine, expectation);
  const { group, members, person, permission, span } = expectation;
  const subject = (group ?? members ?? person ?? permission)?.value ?? "";
  return [
    { verdict: "unproven", claim: `What is expected of "${subject}"`, span, why: `${organization} was not read` },
  ];
}

interface Result extends Outcome {
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

function renderResults(results: readonly Result[], terminal: Terminal): void {
  const { color } = terminal;
  const paint = { holds: color.green, fails: color.red, unproven: color.yellow };
  for (const { verdict, claim, why, place } of results) {
    const where = color.dim(`${place.file}:${place.line}:${place.column}`);
    terminal.print(`${paint[verdict](verdict.padEnd(9))}${claim}${why === undefined ? "" : `: ${why}`}  ${where}`);
  }
  const of = (verdict: Outcome["verdict"]) => results.filter((result) => result.verdict === verdict).length;
  if (results.length === 0) terminal.print("The files expect nothing of access: there is no expect: block.");
  else
    terminal.print(
      `${of("holds")} of ${results.length} hold, ${of("fails")} fail, ${of("unproven")} could not be proven.`,
    );
}

function renderMutation(
  snapshot: Snapshot,
  { organization, tried, survivors }: Mutation & { readonly organization: string },
  terminal: Terminal,
): void {
  const { color } = terminal;
  terminal.print(
    `\n${color.bold(organization)}: ${tried - survivors.length} of ${tried} harmful changes would be noticed.`,
  );
  for (const { kind, text, people, grant } of survivors) {
    const at = grant?.spot && lineOf(snapshot, grant.spot);
    const where = at ? `  ${color.dim(`${at.file}:${at.line}:${at.column}`)}` : "";
    terminal.print(`  ${kind.padEnd(6)}  ${text} (${people} ${people === 1 ? "person" : "people"})${where}`);
  }
}

function toJson({ verdict, claim, why, place }: Result): unknown {
  return { verdict, claim, ...(why === undefined ? {} : { why }), ...place };
}

function mutationJson({ organization, tried, survivors }: Mutation & { readonly organization: string }): unknown {
  return { organization, tried, survivors: survivors.map(({ kind, text, people }) => ({ kind, text, people })) };
}
