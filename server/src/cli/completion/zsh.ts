/** Completion for zsh: one function a verb, each calling those below it. */

import { allVerbs, type Flag, quoted, type Verb } from "./model.ts";

/**
 * To be sourced, or loaded by name from `fpath`. Names that are known here are asked of `accessmap names` while typing.
 */
export function zshScript(program: Verb): string {
  return `#compdef accessmap
# Completion of accessmap for zsh.
_accessmap_names() {
  local -a names project
  local at=\${words[(I)(-C|--project)]} given=\${words[(r)--project=*]}
  if (( at )); then given=\${words[at+1]}; else given=\${given#*=}; fi
  given=\${(Q)given}
  [[ -n $given ]] && project=(-C \${given/#\\~\\//$HOME/})
  names=(\${(f)"$(accessmap names $project $1 2>/dev/null)"})
  compadd "$@[2,-1]" -a names
}
${allVerbs(program).map(functionOf).join("\n")}
# Loaded by name the file is the function's body; sourced it only registers it.
if [ "$funcstack[1]" = "_accessmap" ]; then
  _accessmap "$@"
else
  compdef _accessmap accessmap
fi
`;
}

function functionOf(verb: Verb): string {
  const specs = verb.flags.map(specOf);
  if (verb.verbs.length === 0) {
    const places = verb.arguments.map(({ choices, isVariadic, names }, index) => {
      const values = names ? `{_accessmap_names ${names}}` : choices.length > 0 ? `(${choices.join(" ")})` : "_files";
      return quoted(`${isVariadic ? "*" : index + 1}:value:${values}`);
    });
    return `${nameOf(verb)}() {\n  _arguments ${[...specs, ...places].join(" \\\n    ")}\n}`;
  }
  const verbs = verb.verbs.map(({ path, description }) =>
    quoted(`${path.at(-1)}:${description.replaceAll(":", "\\:")}`),
  );
  const calls = verb.verbs.map((child) => `        ${child.path.at(-1)}) ${nameOf(child)} ;;`);
  return `${nameOf(verb)}() {
  local curcontext="$curcontext" state
  local -a verbs
  _arguments -C ${[...specs, "'1:verb:->verb'", "'*::argument:->rest'"].join(" \\\n    ")}
  case $state in
    verb)
      verbs=(${verbs.join("\n        ")})
      _describe -t verbs verb verbs
      ;;
    rest)
      case $words[1] in
${calls.join("\n")}
      esac
      ;;
  esac
}`;
}

/** `'(-o --organization)'{-o,--organization}'[what it is]:value:(choices)'`. */
function specOf({ names, description, value, isRepeatable }: Flag): string {
  const text = `[${description.replace(/[[\]\\:]/g, "\\$&")}]`;
  const colon = value?.isOptional ? "::" : ":";
  const offered = value?.names
    ? `{_accessmap_names ${value.names}}`
    : value && value.choices.length > 0
      ? `(${value.choices.join(" ")})`
      : "_files";
  const values = value ? `${colon}value:${offered}` : "";
  // Options that take a value are often allowed more than once, which commander does not tell.
  const isOnce = names.length > 1 && !isRepeatable;
  const exclusive = isOnce ? quoted(`(${names.join(" ")})`) : isRepeatable || value ? "'*'" : "";
  const name = names.length > 1 ? `{${names.join(",")}}` : names[0];
  return `${exclusive}${name}${quoted(text + values)}`;
}

function nameOf({ path }: Verb): string {
  return ["_accessmap", ...path].join("_");
}
