/**
 * Findings of a project, kept up to date by difference: an edit re-checks the piece it touched and what rests on it.
 *
 * Everything a finding can rest on is an argument of its rule and is compared here: a piece with its file's head, the
 * bundles it names, the other mappings of its group, its organization, and the world. When one of these is another one,
 * the finding is made again, and only then.
 */

import type { Finding } from "../../model/finding.ts";
import type { Source, Spot } from "../../model/text.ts";
import { chunkLines } from "../../syntax/chunkStarts.ts";
import { difference, replaced } from "../../syntax/difference.ts";
import { firstMapping, type ReadMappingFile } from "../../syntax/readMappingFile.ts";
import type { Piece } from "../../syntax/readPiece.ts";
import type { Rule } from "../rule.ts";
import type { Snapshot } from "../snapshot.ts";
import { isSameHead, isSameWorld, redefinedBundles, type World } from "../world.ts";
import { giveAlike } from "./alike.ts";
import { checkPiece, mappingAt } from "./checkPiece.ts";
import { Circles, producerOf } from "./circles.ts";
import { type Entry, newEntry } from "./entry.ts";
import { type RuleKinds, sortRules } from "./kinds.ts";
import { Ledger } from "./ledger.ts";
import { type CheckedFile, mappedIn } from "./mapped.ts";
import { checkSuppressions } from "./unused.ts";
import { judge, SILENCE } from "./verdict.ts";
import { type Judgement, judgeBundles, judgeGroup, judgeOrganization, type Kept } from "./wide.ts";

export class Checker {
  readonly #rules: RuleKinds;
  readonly #circles = new Circles();
  readonly #ledger = new Ledger();
  readonly #files = new Map<string, CheckedFile>();
  readonly #kept: Kept;
  #world: World | undefined;
  /** For what the rules about the places of files were last asked. */
  #seen: { readonly world: World; readonly files: string } | undefined;
  /** Left to be judged by `settle`. */
  #waiting: Judgement[] = [];
  #suppressionsAreDue = false;

  /** The mapping that a spot of a file lies in. */
  readonly mappingAt = ({ source, span }: Spot) => {
    const entry = this.#ledger.entries.get(source);
    return entry && mappingAt(entry.checked.resolved, span);
  };

  constructor(rules: readonly Rule[]) {
    this.#rules = sortRules(rules);
    const { mappingAt } = this;
    this.#kept = { rules: this.#rules, circles: this.#circles, ledger: this.#ledger, files: this.#files, mappingAt };
  }

  /** Takes the next state of the project. Findings are up to date after it, but for those about whole organizations. */
  update(snapshot: Snapshot): void {
    const before = this.#world;
    const { world } = snapshot;
    this.#world = world;
    this.#suppressionsAreDue = true;
    if (!before || !isSameWorld(before, world)) this.#startAnew(world);
    const redefined = redefinedBundles(before?.bundles ?? new Map(), world.bundles);
    for (const name of redefined) this.#circles.moved.bundles.add(name);
    const present = new Set(snapshot.files.map(({ file }) => file));
    for (const file of this.#files.keys()) if (!present.has(file)) this.#drop(file);
    for (const file of snapshot.files) if (this.#files.get(file.file)?.read !== file) this.#take(world, file);
    for (const name of this.#concerned(world, redefined)) {
      for (const entry of [...(this.#circles.users.get(name) ?? [])]) this.#recheck(world, entry);
    }
    this.#checkFiles(snapshot);
    const { groups, bundles } = this.#circles.moved;
    for (const key of groups) judgeGroup(this.#kept, world, key);
    for (const name of bundles) judgeBundles(this.#kept, world, name);
    groups.clear();
    bundles.clear();
  }

  /** Names of bundles whose users must be checked again: where one comes or goes, it is near to names that nobody defines. */
  #concerned(world: World, redefined: readonly string[]): readonly string[] {
    if (redefined.length === 0) return redefined;
    const unknown = [...this.#circles.users.keys()].filter((name) => !world.bundles.has(name));
    return [...new Set([...redefined, ...unknown])];
  }

  /** Brings the findings about whole organizations up to date, and with them those about suppressions that silence nothing. */
  settle(): void {
    while (this.settleStep()) {
      // Each step does a part.
    }
  }

  /** Does a part of `settle`, one rule on one organization; false when nothing is left to do. */
  settleStep(): boolean {
    const world = this.#world;
    const { organizations } = this.#circles.moved;
    if (!world) return false;
    if (organizations.size > 0) {
      const waiting = this.#waiting.filter(({ name }) => !organizations.has(name));
      this.#waiting = [...waiting, ...[...organizations].flatMap((name) => this.#judgementsOf(world, name))];
      organizations.clear();
    }
    const next = this.#waiting.shift();
    if (next) judgeOrganization(this.#kept, world, next);
    else if (this.#suppressionsAreDue) checkSuppressions(world, this.#rules.all, this.#circles.allowing, this.#ledger);
    else return false;
    if (!next) this.#suppressionsAreDue = false;
    return true;
  }

  /** Files whose findings may differ since the last call. */
  takeChanged(): readonly string[] {
    const files = [...this.#ledger.changed];
    this.#ledger.changed.clear();
    return files;
  }

  /** Findings of a file in the order of its text. */
  findings(file: string): readonly Finding[] {
    return this.#ledger.findings(file);
  }

  /** The line that a source starts at in its file, from 0; 0 for what is no piece of a file. */
  lineOf(source: Source): number {
    const entry = this.#ledger.entries.get(source);
    const read = entry && this.#files.get(entry.file)?.read;
    return read && entry.piece.chunk ? (chunkLines(read.chunks)[entry.order] ?? 0) : 0;
  }

  #startAnew(world: World): void {
    this.#ledger.clear();
    this.#circles.clear();
    this.#files.clear();
    this.#waiting = [];
    for (const name of world.bundles.keys()) this.#circles.moved.bundles.add(name);
    for (const name of world.project?.content.organizations.keys() ?? []) this.#circles.moved.organizations.add(name);
    const { project } = world;
    if (!project) return;
    const { tree, problems } = project;
    const { findings, used } = judge(world, this.#rules.project, tree, nowhere, (report) => {
      const context = { world, source: tree, report };
      return (rule) => {
        rule.checkProject?.(context);
        rule.checkText?.(tree, context);
      };
    });
    this.#ledger.put("project", { findings: [...problems, ...findings], used });
    this.#ledger.changed.add(tree.file);
  }

  #take(world: World, read: ReadMappingFile): void {
    const before = this.#files.get(read.file);
    const same = before && isSameHead(before.read.head, read.head) ? before : undefined;
    const { start, end } = same ? difference(same.read.pieces, read.pieces) : { start: 0, end: 0 };
    const old = before?.entries ?? [];
    const gone = old.slice(start, old.length - end);
    for (const entry of gone) this.#forget(entry);
    const fresh = read.pieces.slice(start, read.pieces.length - end).map((piece) => this.#add(world, read, piece));
    // What holds for whole organizations rests on what is given, not on how or why it is written.
    if (!giveAlike(gone, fresh)) for (const entry of [...gone, ...fresh]) this.#circles.moveOrganizations(entry);
    const entries = replaced(old, start, gone.length, fresh);
    const last = old.length === entries.length ? start + fresh.length : entries.length;
    for (let index = start; index < last; index++) (entries[index] as Entry).order = index;
    this.#files.set(read.file, { read, entries });
    this.#ledger.changed.add(read.file);
    this.#checkHead(world, read);
  }

  #drop(file: string): void {
    for (const entry of this.#files.get(file)?.entries ?? []) {
      this.#circles.moveOrganizations(entry);
      this.#forget(entry);
    }
    this.#files.delete(file);
    this.#ledger.put(producerOf("head", file), SILENCE);
    this.#ledger.changed.add(file);
  }

  #add(world: World, { file, head }: ReadMappingFile, piece: Piece): Entry {
    const checked = checkPiece(world, head, piece, this.#rules.piece);
    const entry = newEntry(file, piece, checked);
    this.#ledger.listen(entry);
    this.#circles.join(entry);
    return entry;
  }

  #forget(entry: Entry): void {
    this.#circles.leave(entry);
    this.#circles.sayAgain(entry);
    this.#ledger.forget(entry);
  }

  /** A bundle that the entry names is another one now. */
  #recheck(world: World, entry: Entry): void {
    const file = this.#files.get(entry.file);
    if (!file) return;
    this.#circles.leave(entry);
    entry.checked = checkPiece(world, file.read.head, entry.piece, this.#rules.piece);
    this.#circles.join(entry);
    this.#circles.moveOrganizations(entry);
    this.#ledger.listen(entry);
  }

  #checkHead(world: World, read: ReadMappingFile): void {
    const { file, head, problems } = read;
    const { source } = head;
    const first = firstMapping(read);
    const { findings, used } = judge(world, this.#rules.head, source, this.mappingAt, (report) => {
      const context = { world, source, first, report };
      return (rule) => rule.checkHead?.(head, context);
    });
    this.#ledger.put(producerOf("head", file), { findings: [...problems, ...findings], used });
  }

  /** Asked again when a file comes or goes, not when one changes. */
  #checkFiles({ world, files, unread }: Snapshot): void {
    const tree = world.project?.tree;
    if (!tree) return;
    const paths = [tree.file, ...files.map(({ file }) => file)].sort();
    const seen = JSON.stringify([paths, unread.length === 0]);
    if (this.#seen?.world === world && this.#seen.files === seen) return;
    this.#seen = { world, files: seen };
    const found = judge(world, this.#rules.files, tree, nowhere, (report) => {
      const context = { world, source: tree, report };
      return (rule) => rule.checkFiles?.({ paths, isWhole: unread.length === 0 }, context);
    });
    this.#ledger.put("files", found);
  }

  /** What is to be asked about an organization: every rule about whole ones, over the same view of it. */
  #judgementsOf(world: World, name: string): Judgement[] {
    const mapped = mappedIn(world, name, this.#files, this.#circles.expecting);
    return this.#rules.organization.map((rule) => ({ name, rule, mapped }));
  }
}

function nowhere(): undefined {
  return undefined;
}
