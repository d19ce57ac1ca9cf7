/** Completion for bash from 3.2 on, which macOS has. */

import { allVerbs, quoted, type Verb } from "./model.ts";

export function bashScript(program: Verb): string {
  const verbs = allVerbs(program);
  const paths = verbs.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(" ")));
  return `# Completion of accessmap for bash.
_accessmap() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= words= word i
  # To bash, --format=json is three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${path:+$path }\${COMP_WORDS[i]}"
    case $word in
      ${paths.join(" | ")}) path=$word ;;
    esac
  done
  case "$path $prev" in
${verbs.flatMap(valueCases).join("\n")}
  esac
  case "$path" in
${verbs.map(wordCase).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _accessmap accessmap
`;
}

/** Where a value is due, its choices; without choices bash offers files. */
function valueCases({ path, flags }: Verb): readonly string[] {
  return flags.flatMap(({ names, value }) => {
    if (!value || value.isOptional) return [];
    const due = names.map((name) => quoted(`${path.join(" ")} ${name}`)).join(" | ");
    const reply =
      value.choices.length > 0 ? `COMPREPLY=($(compgen -W ${quoted(value.choices.join(" "))} -- "$cur")); ` : "";
    return [`    ${due}) ${reply}return ;;`];
  });
}

function wordCase({ path, flags, verbs, arguments: [first] }: Verb): string {
  const words = [...verbs.map((verb) => verb.path.at(-1) ?? ""), ...(first?.choices ?? [])];
  const options = flags.flatMap(({ names }) => names.filter((name) => name.startsWith("--")));
  const other = words.length > 0 ? `; else words=${quoted(words.join(" "))}` : "";
  return `    ${quoted(path.join(" "))}) if [[ $cur == -* ]]; then words=${quoted(options.join(" "))}${other}; fi ;;`;
}
