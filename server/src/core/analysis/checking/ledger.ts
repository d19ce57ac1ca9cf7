/** Who said what where, for rules that look at more than one piece: each says its word anew in the place of its last one. */

import type { Finding } from "../../model/finding.ts";
import { fitted } from "../../model/fitted.ts";
import type { Source } from "../../model/text.ts";
import { type Entry, findingsOf, inOrder, isSilent, noteMention, noteShared } from "./entry.ts";
import type { Used, Verdict } from "./verdict.ts";

/** Who said what of which entry, so that it can be taken back when it is said anew. */
export class Ledger {
  /** Entries by the source of their piece. */
  readonly entries = new Map<Source, Entry>();
  /** Files whose findings may differ from what was last taken. */
  readonly changed = new Set<string>();
  /** Entries of which something is said, by file: few of many. */
  readonly #loud = new Map<string, Set<Entry>>();
  readonly #places = new Map<string, readonly Entry[]>();
  /** Findings in files that have no entries, by what was looked at: the project file. */
  readonly #loose = new Map<string, readonly Finding[]>();

  /** `producer` names what was looked at. */
  put(producer: string, { findings, used }: Verdict): void {
    for (const entry of this.#places.get(producer) ?? []) {
      noteShared(entry, producer);
      this.#sort(entry);
    }
    for (const { source } of this.#loose.get(producer) ?? []) this.changed.add(source.file);
    this.#places.delete(producer);
    this.#loose.delete(producer);
    if (findings.length === 0 && used.length === 0) return;
    const said = new Map<Entry, { findings: Finding[]; used: Used[] }>();
    const at = (entry: Entry) => {
      const known = said.get(entry) ?? { findings: [], used: [] };
      said.set(entry, known);
      return known;
    };
    const loose: Finding[] = [];
    for (const finding of findings) {
      const entry = this.entries.get(finding.source);
      if (entry) at(entry).findings.push(finding);
      else loose.push(finding);
      for (const related of finding.related) {
        const other = this.entries.get(related.source);
        if (other) noteMention(other, producer);
      }
      this.changed.add(finding.source.file);
    }
    for (const one of used) {
      const entry = this.entries.get(one.source);
      if (entry) at(entry).used.push(one);
    }
    for (const [entry, verdict] of said) {
      noteShared(entry, producer, { findings: fitted(verdict.findings), used: fitted(verdict.used) });
      this.#sort(entry);
    }
    this.#places.set(producer, [...said.keys()]);
    if (loose.length > 0) this.#loose.set(producer, loose);
  }

  /** Takes in an entry, or what has been said of it since. */
  listen(entry: Entry): void {
    this.entries.set(entry.piece.source, entry);
    this.#sort(entry);
  }

  forget(entry: Entry): void {
    this.entries.delete(entry.piece.source);
    this.#loud.get(entry.file)?.delete(entry);
  }

  /** Findings of a file in the order of its text. */
  findings(file: string): readonly Finding[] {
    const loud = [...(this.#loud.get(file) ?? [])].sort((one, other) => one.order - other.order);
    return [...this.#looseIn(file), ...loud.flatMap(findingsOf)];
  }

  #sort(entry: Entry): void {
    this.changed.add(entry.file);
    const loud = this.#loud.get(entry.file) ?? new Set();
    this.#loud.set(entry.file, loud);
    const isGone = this.entries.get(entry.piece.source) !== entry;
    if (isGone || isSilent(entry)) loud.delete(entry);
    else loud.add(entry);
  }

  /** Findings in a file that has no entries, in order. */
  #looseIn(file: string): readonly Finding[] {
    if (this.#loose.size === 0) return [];
    return inOrder([...this.#loose.values()].flat().filter(({ source }) => source.file === file));
  }
}
