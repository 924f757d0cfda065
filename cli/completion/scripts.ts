import type { Place } from "./places.ts";

/** Branches that lead from a place and the next word to the place behind it; bash and zsh read them alike. */
function placeCases(places: readonly Place[]): string {
  const patterns = places
    .filter(({ path }) => path !== "")
    .map(({ path }) => `"${path.includes(" ") ? path : ` ${path}`}"`);
  return patterns.join(" | ");
}

/** Branches on a place and the option before: what its value may be, or files where that may be anything. */
function valueCases(places: readonly Place[], offer: (words: string) => string): string {
  return places
    .flatMap(({ path, options }) =>
      options
        .filter(({ takesValue }) => takesValue)
        .map(
          ({ word, choices }) => `    "${path}|${word}") ${offer(choices.join(" "))}; return ;;`,
        ),
    )
    .join("\n");
}

/** Branches on a place: its options behind a dash, else its commands and what its arguments may be. */
function wordCases(places: readonly Place[], offer: (words: string) => string): string {
  return places
    .flatMap(({ path, commands, choices, options }) => [
      `    "${path}|-"*) ${offer(options.map(({ word }) => word).join(" "))} ;;`,
      `    "${path}|"*) ${offer([...commands.map(({ word }) => word), ...choices].join(" "))} ;;`,
    ])
    .join("\n");
}

/** Bash's own means alone: no other completions need to be installed, and nothing typed is evaluated. */
export function bashCompletion(places: readonly Place[]): string {
  const offer = (words: string) => `words="${words}"`;
  const values = (words: string) =>
    words === "" ? ":" : `COMPREPLY=($(compgen -W "${words}" -- "$current"))`;
  return `# hookcast completion for bash
_hookcast() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local place="" word words=""
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$place $word" in
      ${placeCases(places)}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place|$before" in
${valueCases(places, values)}
  esac
  case "$place|$current" in
${wordCases(places, offer)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _hookcast hookcast
`;
}

/** For a file named _hookcast in a folder of \`fpath\`, and for \`source\` behind \`compinit\`. */
export function zshCompletion(places: readonly Place[]): string {
  const values = (words: string) => (words === "" ? "_files" : `compadd -- ${words}`);
  const offer = (words: string) => `offered=(${words})`;
  return `#compdef hookcast
# hookcast completion for zsh
_hookcast() {
  local current="$words[CURRENT]" before="$words[CURRENT-1]" place="" word
  local -a offered
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $word" in
      ${placeCases(places)}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place|$before" in
${valueCases(places, values)}
  esac
  case "$place|$current" in
${wordCases(places, offer)}
  esac
  if (( $#offered )); then compadd -- $offered; else _files; fi
}
if [ "$funcstack[1]" = "_hookcast" ]; then _hookcast "$@"; else compdef _hookcast hookcast; fi
`;
}

export function fishCompletion(places: readonly Place[]): string {
  const lines = places.flatMap((place) => {
    const here = `complete -c hookcast -n ${quoted(conditionOf(place))}`;
    return [
      ...place.commands.map(
        ({ word, description }) => `${here} -f -a ${word} -d ${quoted(description)}`,
      ),
      ...place.choices.map((word) => `${here} -f -a ${word}`),
      ...place.options.map(({ word, description, takesValue, choices }) => {
        const value =
          choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : takesValue ? " -r" : "";
        return `${here} -l ${word.replace(/^--/, "")}${value} -d ${quoted(description)}`;
      }),
    ];
  });
  return `# hookcast completion for fish\n${lines.join("\n")}\n`;
}

/** All commands of the place were typed, and none of those that may follow. */
function conditionOf({ path, commands }: Place): string {
  const seen = path
    .split(" ")
    .filter(Boolean)
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const next = commands.map(({ word }) => word).join(" ");
  return [...seen, ...(next ? [`not __fish_seen_subcommand_from ${next}`] : [])].join("; and ");
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
