/** Outline of a file: bundles, mappings and access tests, or the systems of the project file. */

import { startsIn } from "../analysis/places.ts";
import { fileIn, type Snapshot, treeIn } from "../analysis/snapshot.ts";
import { type StartOf, shift } from "../model/finding.ts";
import type { Expectation, Mapping } from "../model/mapping.ts";
import type { Project } from "../model/project.ts";
import type { Source, Span } from "../model/text.ts";
import { allExpectations, allMappings, type ReadMappingFile } from "../syntax/readMappingFile.ts";
import { entry, spanOf } from "../syntax/yaml/nodes.ts";
import type { Tree } from "../syntax/yaml/parse.ts";

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: "section" | "bundle" | "mapping" | "expectation" | "directory" | "organization";
  /** Whole extent; `selection` lies in it. */
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The symbols of one file in the order of its text; none for a file that is no part of the project. */
export function documentSymbols(snapshot: Snapshot, file: string): readonly DocumentSymbol[] {
  const { project } = snapshot;
  if (project?.tree.file === file) return ofProject(project.tree, project.content);
  const found = fileIn(snapshot, file);
  const tree = treeIn(snapshot, file);
  return found && tree ? ofMappingFile(tree, found, startsIn(snapshot)) : [];
}

function ofMappingFile(tree: Tree, file: ReadMappingFile, startOf: StartOf): readonly DocumentSymbol[] {
  const at = ({ source }: { readonly source: Source }, symbol: DocumentSymbol): DocumentSymbol => {
    const start = startOf(source);
    return { ...symbol, span: shift(symbol.span, start), selection: shift(symbol.selection, start) };
  };
  const bundles = file.bundles.map((one) => at(one, leaf("bundle", one.name.value, "", one.span, one.name.span)));
  const mappings = allMappings(file).map((mapping) => at(mapping, ofMapping(mapping)));
  const expectations = allExpectations(file).map((expectation) => at(expectation, ofExpectation(expectation)));
  return [
    ...section(tree, "bundles", bundles),
    ...section(tree, "mappings", mappings),
    ...section(tree, "expect", expectations),
  ];
}

function ofProject(tree: Tree, { directories, organizations }: Project): readonly DocumentSymbol[] {
  return [
    ...section(
      tree,
      "directories",
      [...directories.values()].map(({ name, type, span }) => leaf("directory", name, type, span, span)),
    ),
    ...section(
      tree,
      "organizations",
      [...organizations.values()].map(({ name, site, span }) => leaf("organization", name, site.value, span, span)),
    ),
    ...section(tree, "policy", []),
    ...section(tree, "safety", []),
  ];
}

function ofMapping(mapping: Mapping): DocumentSymbol {
  const { group, roles, teams, bundles } = mapping;
  const names = [
    ...bundles.map((bundle) => bundle.value),
    ...roles.map((role) => role.name ?? role.id ?? ""),
    ...teams.map((team) => team.value),
  ];
  return leaf("mapping", group?.text ?? "(no group)", names.join(", "), mapping.span, group?.span ?? mapping.span);
}

function ofExpectation({ group, person, permission, span }: Expectation): DocumentSymbol {
  const subject = group ?? person ?? permission;
  return leaf("expectation", subject?.value ?? "(nothing)", "", span, subject?.span ?? span);
}

function leaf(kind: DocumentSymbol["kind"], name: string, detail: string, span: Span, selection: Span): DocumentSymbol {
  return {
    name,
    detail,
    kind,
    span: { start: span.start, end: Math.max(span.end, selection.end) },
    selection,
    children: [],
  };
}

/** A key of the file's top level with what stands below it; nothing when the file has no such key. */
function section(tree: Tree, key: string, children: readonly DocumentSymbol[]): readonly DocumentSymbol[] {
  const found = entry(tree, tree.root, key);
  if (!found) return [];
  const end = Math.max(found.span.end, found.value ? spanOf(found.value).end : 0);
  return [
    {
      name: key,
      detail: "",
      kind: "section",
      span: { start: found.span.start, end },
      selection: found.keySpan,
      children,
    },
  ];
}
