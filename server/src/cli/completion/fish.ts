/** Completion for fish. */

import { allVerbs, type Flag, type NameKind, quoted, type Verb } from "./model.ts";

/** To be sourced. Names that are known here are asked of `accessmap names` while typing. */
export function fishScript(program: Verb): string {
  const verbs = allVerbs(program);
  const paths = verbs.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(" "), true));
  return `# Completion of accessmap for fish.
function __accessmap_at
    set -l path
    for word in (commandline -opc)[2..-1]
        if contains -- (string join ' ' -- $path $word) ${paths.join(" ")}
            set -a path $word
        end
    end
    test "$path" = "$argv"
end
function __accessmap_names
    set -l words (commandline -opc)
    set -l project
    for at in (seq (count $words))
        switch $words[$at]
            case -C --project
                set project -C (string replace -r '^~/' "$HOME/" -- $words[(math $at + 1)])
            case '--project=*'
                set project -C (string replace -r '^--project=' '' -- $words[$at])
        end
    end
    command accessmap names $project $argv[1] (commandline -ct | string unescape | string replace -r '^--[^=]*=' '') 2>/dev/null
end
${verbs.flatMap(linesOf).join("\n")}
`;
}

function linesOf(verb: Verb): readonly string[] {
  const {
    path,
    flags,
    verbs,
    arguments: [first],
  } = verb;
  const at = `complete -c accessmap -n ${quoted(`__accessmap_at ${path.join(" ")}`.trim(), true)}`;
  const choices = first?.choices ?? [];
  return [
    // Files are offered where a verb takes something that is not one of a few.
    ...(verbs.length > 0 || choices.length > 0 || first?.names || !first ? [`${at} -f`] : []),
    ...verbs.map((child) => `${at} -a ${quoted(child.path.at(-1) ?? "", true)} -d ${quoted(child.description, true)}`),
    ...(choices.length > 0 ? [`${at} -a ${quoted(choices.join(" "), true)}`] : []),
    ...(first?.names ? [`${at} -a ${namesOf(first.names)}`] : []),
    ...flags.map((flag) => `${at} ${optionOf(flag)}`),
  ];
}

function optionOf({ names, description, value }: Flag): string {
  const spelt = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(" ");
  const values =
    !value || value.isOptional
      ? ""
      : value.names
        ? ` -x -a ${namesOf(value.names)}`
        : value.choices.length > 0
          ? ` -x -a ${quoted(value.choices.join(" "), true)}`
          : " -r -F";
  return `${spelt}${values} -d ${quoted(description, true)}`;
}

/** Asked when the name is due. fish takes each line for one name, blanks and all. */
function namesOf(kind: NameKind): string {
  return `'(__accessmap_names ${kind})'`;
}
