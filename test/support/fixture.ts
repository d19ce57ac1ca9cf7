/**
 * The fixture language: one string holds files, live systems and the findings they should lead to.
 *
 * `#- /path.yaml` starts a file; `accessmap.yaml` may be left out, then a project with directory `okta` and organization
 * `prod` is assumed. `#- lock` starts the lock (pins may be ids, or lists of names), `#- now 2026-11-23` sets the clock.
 * `#- live <system> [at <instant>] [incomplete <reason>]` starts what was read of a system; `datadog` means the only
 * organization. `#- live <system> unreachable <reason>` (or denied, throttled, stale, not-configured) has no body.
 * The bodies are described in `liveDirectory.ts` and `liveTarget.ts`. `#- base a.accessmap.yaml` starts a
 * mapping file of the commit that the files are compared with. `#- moves` starts a list of what earlier pushes did in
 * the first organization, as `{ did, kind, id, account, at }`.
 *
 * `# ^^^ error rule/id: message [fix]` marks the columns of the last real line above it, `#^^^` starts at the `#`
 * itself. A finding that spans lines is marked on its first line, one without extent by `# ^ … [empty]`. `$0` is the
 * cursor. Markers and cursors are removed before parsing.
 */

import { parse as parseYaml } from "yaml";
import { mappingsByOrganization } from "../../server/src/core/analysis/grants.ts";
import { type Snapshot, takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import type { World } from "../../server/src/core/analysis/world.ts";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import { EMPTY_LOCK, type Lock } from "../../server/src/core/model/lock.ts";
import type { Move } from "../../server/src/core/model/moves.ts";
import type { Place, Span } from "../../server/src/core/model/text.ts";
import type { Instant } from "../../server/src/core/model/time.ts";
import { readLock } from "../../server/src/core/syntax/readLock.ts";
import { readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import { formatOf } from "../../server/src/core/syntax/schema.ts";
import { idOf, liveDirectory } from "./liveDirectory.ts";
import { liveTarget } from "./liveTarget.ts";

const DEFAULT_NOW = "2026-11-23T12:00:00.000Z";

const DEFAULT_PROJECT = `version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
`;

/** The assumed project with a policy, as the first section of a fixture. `policy` is YAML on one line. */
export function projectWith(policy: string): string {
  return `\n#- /accessmap.yaml\n${DEFAULT_PROJECT}policy: ${policy}\n`;
}

/** A `# ^^^` line: the columns it points at and the words behind the carets. */
export interface Marker {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

export interface Fixture {
  readonly snapshot: Snapshot;
  /** Texts by path, without markers and cursors; the project's file is among them. */
  readonly files: ReadonlyMap<string, string>;
  /** First `$0`. */
  readonly cursor?: { readonly file: string; readonly offset: number };
  /** From one `$0` to the other, where there are two. */
  readonly selection?: Place;
  readonly markers: readonly Marker[];
}

/** What a `#- live` line says, and the YAML below it. */
export interface LiveSection {
  readonly system: string;
  readonly at: Instant;
  /** Nothing could be read. */
  readonly failure?: Failure;
  /** Something is missing from the listings. */
  readonly gap?: Failure;
  readonly body: Readonly<Record<string, unknown>>;
}

export function parseFixture(text: string): Fixture {
  const sections = split(text);
  const now = instant(sections.find(({ head }) => head.startsWith("now "))?.head.slice(4) ?? DEFAULT_NOW);
  const read = sections
    .filter(({ head }) => head.startsWith("/"))
    .map(({ head, lines }) => readFile(head.slice(1), lines));
  const files = new Map(read.map(({ file, text: content }) => [file, content]));
  const projectFile = [...files.keys()].find((file) => formatOf(file) === "project") ?? "accessmap.yaml";
  const project = readProject(projectFile, files.get(projectFile) ?? DEFAULT_PROJECT);
  if (!files.has(projectFile)) files.set(projectFile, DEFAULT_PROJECT);
  const live = sections.flatMap(({ head, lines }) => (head.startsWith("live ") ? [liveSection(head, lines, now)] : []));
  const organizations = [...project.content.organizations.values()];
  const based = sections.filter(({ head }) => head.startsWith("base "));
  const parts = {
    project,
    files: [...files.keys()]
      .filter((file) => file !== projectFile)
      .sort()
      .map((file) => readMappingFile(file, files.get(file) ?? "")),
    lock: lockOf(sections.find(({ head }) => head === "lock")?.lines),
    directories: new Map(
      live.flatMap((section) => {
        const config = project.content.directories.get(section.system);
        return config ? [[config.name, liveDirectory(config, section)] as const] : [];
      }),
    ),
    targets: new Map(
      live.flatMap((section) => {
        const config = organizations.find(({ name }) => name === section.system);
        const chosen = section.system === "datadog" ? organizations[0] : config;
        return chosen ? [[chosen.name, liveTarget(chosen, section)] as const] : [];
      }),
    ),
    moves: movesOf(organizations[0]?.name ?? "", sections.find(({ head }) => head === "moves")?.lines),
    now,
  };
  const base =
    based.length > 0 &&
    takeSnapshot({ ...parts, files: based.map(({ head, lines }) => readMappingFile(head.slice(5), lines.join("\n"))) });
  const snapshot: Snapshot = takeSnapshot({ ...parts, ...(base && { base: mappingsByOrganization(base) }) });
  const stray = live.find(
    ({ system }) => !snapshot.directories.has(system) && !snapshot.targets.has(system) && system !== "datadog",
  );
  if (stray) throw new Error(`The fixture's project has no system "${stray.system}"`);
  const cursors = read.flatMap(({ file, cursors: offsets }) => offsets.map((offset) => ({ file, offset })));
  const [from, to] = cursors;
  return {
    snapshot,
    files,
    ...(from ? { cursor: from } : {}),
    ...(from && to ? { selection: { file: from.file, span: { start: from.offset, end: to.offset } } } : {}),
    markers: read.flatMap(({ markers }) => markers),
  };
}

function movesOf(organization: string, lines: readonly string[] = []): World["moves"] {
  const moves: readonly Omit<Move, "until">[] = parseYaml(lines.join("\n")) ?? [];
  return new Map([[organization, moves.map((move) => ({ ...move, until: move.at }))]]);
}

interface Section {
  readonly head: string;
  readonly lines: readonly string[];
}

function split(text: string): Section[] {
  const sections: { head: string; lines: string[] }[] = [];
  for (const line of text.replace(/\n[ \t]*$/, "").split("\n")) {
    const head = /^#- (.*?)\s*$/.exec(line)?.[1];
    if (head !== undefined) sections.push({ head, lines: [] });
    else if (sections.length > 0) sections.at(-1)?.lines.push(line);
    else if (line.trim() !== "") throw new Error(`A fixture starts with "#- /path.yaml", not with: ${line}`);
  }
  return sections;
}

/** Takes markers and cursors out of a file's lines and notes where they stood. */
function readFile(file: string, lines: readonly string[]) {
  const markers: Marker[] = [];
  const cursors: number[] = [];
  let text = "";
  let above = { start: 0, line: "" };
  for (const line of lines) {
    const marker = /^(\s*#)(\s*)(\^+)\s?(.*?)\s*$/.exec(line);
    if (marker) {
      const [, hash = "", gap = "", carets = "", words = ""] = marker;
      const from = above.start + hash.length + gap.length - (gap === "" ? 1 : 0);
      const end = above.start + hash.length + gap.length + carets.length;
      const isEmpty = words.endsWith("[empty]");
      markers.push({
        file,
        span: { start: from, end: isEmpty ? from : end },
        text: isEmpty ? words.slice(0, -"[empty]".length).trimEnd() : words,
      });
      continue;
    }
    const parts = line.split("$0");
    const clean = parts.join("");
    let offset = text.length;
    for (const part of parts.slice(0, -1)) {
      offset += part.length;
      cursors.push(offset);
    }
    above = { start: text.length, line: clean };
    text += `${clean}\n`;
  }
  return { file, text, markers, cursors };
}

function liveSection(head: string, lines: readonly string[], now: Instant): LiveSection {
  const match =
    /^live (\S+)(?: at (\S+))?(?: (incomplete|unreachable|denied|throttled|stale|not-configured)(?: (.*))?)?$/.exec(
      head,
    );
  if (!match) throw new Error(`Not a live section: ${head}`);
  const [, system = "", at, state, reason] = match;
  const failure = state ? { kind: state as Failure["kind"], system, message: reason ?? state } : undefined;
  const body = parseYaml(lines.join("\n")) as Record<string, unknown> | null;
  return {
    system,
    at: at ? instant(at) : now,
    ...(failure && (state === "incomplete" ? { gap: failure } : { failure })),
    body: body ?? {},
  };
}

function lockOf(lines: readonly string[] | undefined): Lock {
  if (!lines) return EMPTY_LOCK;
  const raw = parseYaml(lines.join("\n")) as { organizations?: object; groups?: object };
  const organizations = mapValues(raw.organizations ?? {}, (entry: Record<string, unknown>) => ({
    adopted: entry.adopted === true,
    reviewed: entry.reviewed,
    roles: pins("role", entry.roles),
    teams: pins("team", entry.teams),
  }));
  const groups = mapValues(raw.groups ?? {}, (entry) => pins("group", entry));
  return readLock("accessmap.lock", JSON.stringify({ version: 1, organizations, groups })).lock;
}

/** `[SRE]`, `{ SRE: role-sre }` or `{ SRE: { id: role-sre } }`. */
function pins(kind: string, raw: unknown): object {
  if (Array.isArray(raw)) return Object.fromEntries(raw.map((name: string) => [name, { id: idOf(kind, name) }]));
  return mapValues((raw ?? {}) as object, (pin) => (typeof pin === "string" ? { id: pin } : pin));
}

function mapValues<T>(object: object, convert: (value: T) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, convert(value as T)]));
}

/** `2026-11-23` is noon of that day; `2026-01-05T10:00Z` and full instants stay what they are. */
function instant(text: string): Instant {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T12:00:00.000Z` : new Date(text).toISOString();
}
