/** Bundles by name over all files, and which names mean something else than before. */

import type { Bundle } from "../../model/mapping.ts";
import type { ReadMappingFile } from "../../syntax/readMappingFile.ts";
import { firstOfEachName } from "../grants.ts";
import { indexBy } from "../resolve.ts";
import { memo } from "../snapshot.ts";
import { difference } from "./difference.ts";

export class Definitions {
  #files: readonly ReadMappingFile[] = [];
  #byName: ReadonlyMap<string, readonly Bundle[]> = new Map();

  /** The definition that counts, by name. */
  first: ReadonlyMap<string, Bundle> = new Map();

  /** Takes the files' next state and returns the names of bundles that are defined otherwise now. */
  update(files: readonly ReadMappingFile[]): ReadonlySet<string> {
    const { start, end } = difference(this.#files, files);
    const before = this.#files.slice(start, this.#files.length - end).flatMap(bundlesIn);
    const after = files.slice(start, files.length - end).flatMap(bundlesIn);
    this.#files = files;
    if (isSame(before, after)) return new Set();
    const all = files.flatMap(bundlesIn);
    const byName = indexBy(all, ({ name }) => name.value);
    const names = new Set([...before, ...after].map(({ name }) => name.value));
    const redefined = [...names].filter((name) => !isSame(this.of(name), byName.get(name) ?? []));
    this.#byName = byName;
    this.first = firstOfEachName(all);
    return new Set(redefined);
  }

  /** All definitions of a name in file order. */
  of(name: string): readonly Bundle[] {
    return this.#byName.get(name) ?? [];
  }

  names(): Iterable<string> {
    return this.#byName.keys();
  }
}

function bundlesIn(file: ReadMappingFile): readonly Bundle[] {
  return memo(file, collect);
}

function collect({ pieces }: ReadMappingFile): readonly Bundle[] {
  return pieces.flatMap(({ bundles }) => bundles);
}

function isSame(one: readonly Bundle[], other: readonly Bundle[]): boolean {
  return one.length === other.length && one.every((bundle, index) => bundle === other[index]);
}
