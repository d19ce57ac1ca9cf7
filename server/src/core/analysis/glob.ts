/** Name patterns of the policy and of `groups:` filters. */

// picomatch: the matcher most tools use; `posixSlashes` and `dot` off, names are no paths.
import picomatch from "picomatch";

const compiled = new Map<string, (text: string) => boolean>();

/** True when the whole name matches. `*` also matches slashes: group names are no paths. */
export function matchesGlob(glob: string, name: string): boolean {
  let matcher = compiled.get(glob);
  if (!matcher) {
    matcher = picomatch(glob, { bash: true, dot: true, nonegate: true });
    compiled.set(glob, matcher);
  }
  return matcher(name);
}

export function matchesAny(globs: readonly string[], name: string): boolean {
  return globs.some((glob) => matchesGlob(glob, name));
}
