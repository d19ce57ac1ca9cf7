/** Completion for bash from 3.2 on, which macOS has. */

import { allVerbs, quoted, type Verb } from "./model.ts";

/**
 * Offers names of a kind, of the project that the line names. What was typed is taken from the line, because bash ends words at
 * colons and at signs too, and leaves quotes and backslashes in. Of a name only what belongs to the last of those words may be
 * answered.
 */
const NAMES = `_accessmap_names() {
  local line=\${COMP_LINE:0:COMP_POINT} typed= quote= before= project= i c name head last
  for ((i = 0; i < \${#line}; i++)); do
    c=\${line:i:1}
    if [[ $c == '\\' && $quote != "'" ]]; then
      i=$((i + 1))
      typed+=\${line:i:1}
    elif [[ -n $quote ]]; then
      if [[ $c == "$quote" ]]; then quote=; else typed+=$c; fi
    elif [[ $c == "'" || $c == '"' ]]; then
      quote=$c
    elif [[ $c == [[:space:]] ]]; then
      [[ -z $typed ]] && continue
      case $before in -C | --project) project=$typed ;; esac
      case $typed in --project=*) project=\${typed#*=} ;; esac
      before=$typed typed=
    else
      typed+=$c
    fi
  done
  [[ $typed == --*=* ]] && typed=\${typed#*=}
  last=\${typed##*[:@=]}
  head=\${typed%"$last"}
  [[ $project == '~/'* ]] && project=$HOME/\${project:2}
  [[ -n $quote ]] && head=
  COMPREPLY=()
  while IFS= read -r name; do
    name=\${name#"$head"}
    [[ -z $quote ]] && name=$(printf %q "$name")
    COMPREPLY+=("$name")
  done < <("\${COMP_WORDS[0]}" names \${project:+-C "$project"} "$1" "$typed" 2>/dev/null)
  compopt +o default 2>/dev/null
}`;

/** To be sourced. Names that are known here are asked of `accessmap names` while typing. */
export function bashScript(program: Verb): string {
  const verbs = allVerbs(program);
  const paths = verbs.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(" ")));
  return `# Completion of accessmap for bash.
${NAMES}
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
    const reply = value.names
      ? `_accessmap_names ${value.names}; `
      : value.choices.length > 0
        ? `COMPREPLY=($(compgen -W ${quoted(value.choices.join(" "))} -- "$cur")); `
        : "";
    return [`    ${due}) ${reply}return ;;`];
  });
}

function wordCase({ path, flags, verbs, arguments: [first] }: Verb): string {
  const words = [...verbs.map((verb) => verb.path.at(-1) ?? ""), ...(first?.choices ?? [])];
  const options = flags.flatMap(({ names }) => names.filter((name) => name.startsWith("--")));
  const other =
    words.length > 0
      ? `; else words=${quoted(words.join(" "))}`
      : first?.names
        ? `; else _accessmap_names ${first.names}; return`
        : "";
  return `    ${quoted(path.join(" "))}) if [[ $cur == -* ]]; then words=${quoted(options.join(" "))}${other}; fi ;;`;
}
