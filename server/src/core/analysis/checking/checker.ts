/**
 * Findings of a project, kept up to date by difference: an edit re-checks the piece it touched and what rests on it.
 *
 * Everything a finding can rest on is an argument of its rule and is compared here: a piece with its file's head, the
 * bundles it names, the other mappings of its group, its organization, and the world. When one of these is another one,
 * the finding is made again, and only then. Where the world is another one, thousands of entries are: what is said of them
 * stays as it was until `settle` comes to them, a few at a time, so that nobody who types waits for all.
 */

import type { Finding } from "../../model/finding.ts";
import type { Source, Spot } from "../../model/text.ts";
import { chunkLines } from "../../syntax/chunkStarts.ts";
import { difference, replaced } from "../../syntax/difference.ts";
import type { ReadMappingFile } from "../../syntax/readMappingFile.ts";
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
import { checkFiles, checkHead, checkProject } from "./outside.ts";
import { checkSuppressions } from "./unused.ts";
import { SILENCE } from "./verdict.ts";
import { type Judgement, judgeBundles, judgeGroup, judgeOrganization, type Kept } from "./wide.ts";

/** Entries that are checked in one step, in about a millisecond. */
const AT_A_TIME = 40;
/** As many that a new world concerns are checked at once. */
const AT_ONCE = 400;

/** Findings of one project, kept from snapshot to snapshot. */
export class Checker {
  readonly #rules: RuleKinds;
  readonly #atOnce: number;
  readonly #circles = new Circles();
  readonly #ledger = new Ledger();
  readonly #files = new Map<string, CheckedFile>();
  readonly #kept: Kept;
  /** Entries that were checked in an earlier world. */
  readonly #stale = new Set<Entry>();
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

  constructor(rules: readonly Rule[], atOnce = AT_ONCE) {
    this.#rules = sortRules(rules);
    this.#atOnce = atOnce;
    const { mappingAt } = this;
    this.#kept = { rules: this.#rules, circles: this.#circles, ledger: this.#ledger, files: this.#files, mappingAt };
  }

  /**
   * Takes the next state of the project. Findings of what was edited are up to date after it; those about whole
   * organizations are after `settle`, and so are all others where the world is another one.
   */
  update(snapshot: Snapshot): void {
    const before = this.#world;
    const { world } = snapshot;
    this.#world = world;
    this.#suppressionsAreDue = true;
    if (!before || !isSameWorld(before, world)) this.#turnTo(world, before);
    const redefined = redefinedBundles(before?.bundles ?? new Map(), world.bundles);
    for (const name of redefined) this.#circles.moved.bundles.add(name);
    const present = new Set(snapshot.files.map(({ file }) => file));
    for (const file of this.#files.keys()) if (!present.has(file)) this.#drop(file);
    for (const file of snapshot.files) if (this.#files.get(file.file)?.read !== file) this.#take(world, file);
    for (const name of this.#concerned(world, redefined)) {
      for (const entry of [...(this.#circles.users.get(name) ?? [])]) this.#recheck(world, entry);
    }
    this.#checkFiles(snapshot);
    if (this.#stale.size <= this.#atOnce) for (const entry of [...this.#stale]) this.#recheck(world, entry);
    this.#judgeGroups(world);
    this.#judgeBundles(world);
  }

  #judgeGroups(world: World): void {
    const { groups } = this.#circles.moved;
    for (const key of groups) judgeGroup(this.#kept, world, key);
    groups.clear();
  }

  #judgeBundles(world: World): void {
    const { bundles } = this.#circles.moved;
    for (const name of bundles) judgeBundles(this.#kept, world, name);
    bundles.clear();
  }

  /** Names of bundles whose users must be checked again: where one comes or goes, it is near to names that nobody defines. */
  #concerned(world: World, redefined: readonly string[]): readonly string[] {
    if (redefined.length === 0) return redefined;
    const unknown = [...this.#circles.users.keys()].filter((name) => !world.bundles.has(name));
    return [...new Set([...redefined, ...unknown])];
  }

  /** Brings all findings up to date, those about suppressions that silence nothing last. */
  settle(): void {
    while (this.settleStep()) {
      // Each step does a part.
    }
  }

  /** Does a part of `settle`, some entries or one rule on one organization; false when nothing is left to do. */
  settleStep(): boolean {
    const world = this.#world;
    const { organizations } = this.#circles.moved;
    if (!world) return false;
    if (this.#stale.size > 0) {
      let left = AT_A_TIME;
      for (const entry of this.#stale) {
        if (left-- === 0) break;
        this.#recheck(world, entry);
      }
      this.#judgeGroups(world);
      // A bundle that all use would be judged again with each step.
      if (this.#stale.size === 0) this.#judgeBundles(world);
      return true;
    }
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

  /** Everything is to be said again: of the project and of heads now, of the rest when its turn comes. */
  #turnTo(world: World, before: World | undefined): void {
    this.#waiting = [];
    const { bundles, organizations } = this.#circles.moved;
    for (const each of before ? [before, world] : [world]) {
      for (const name of each.bundles.keys()) bundles.add(name);
      for (const name of each.project?.content.organizations.keys() ?? []) organizations.add(name);
    }
    checkProject(this.#kept, world);
    for (const { read, entries } of this.#files.values()) {
      for (const entry of entries) this.#stale.add(entry);
      checkHead(this.#kept, world, read);
    }
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
    checkHead(this.#kept, world, read);
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
    this.#stale.delete(entry);
    this.#circles.leave(entry);
    this.#circles.sayAgain(entry);
    this.#ledger.forget(entry);
  }

  /** A bundle that the entry names is another one now, or the world is. */
  #recheck(world: World, entry: Entry): void {
    this.#stale.delete(entry);
    const file = this.#files.get(entry.file);
    if (!file) return;
    this.#circles.leave(entry);
    entry.checked = checkPiece(world, file.read.head, entry.piece, this.#rules.piece);
    this.#circles.join(entry);
    this.#circles.moveOrganizations(entry);
    this.#ledger.listen(entry);
  }

  /** Asked again when a file comes or goes, not when one changes. */
  #checkFiles({ world, files, unread }: Snapshot): void {
    const project = world.project?.tree.file;
    const paths = [...(project === undefined ? [] : [project]), ...files.map(({ file }) => file)].sort();
    const seen = JSON.stringify([paths, unread.length === 0]);
    if (this.#seen?.world === world && this.#seen.files === seen) return;
    this.#seen = { world, files: seen };
    checkFiles(this.#kept, world, { paths, isWhole: unread.length === 0 });
  }

  /** What is to be asked about an organization: every rule about whole ones, over the same view of it. */
  #judgementsOf(world: World, name: string): Judgement[] {
    const mapped = mappedIn(world, name, this.#files, this.#circles.expecting);
    return this.#rules.organization.map((rule) => ({ name, rule, mapped }));
  }
}
