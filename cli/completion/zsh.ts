import type { Place } from "./places.ts";
import { placeCases, valueCases, wordCases } from "./shell-cases.ts";

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
