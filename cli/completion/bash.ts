import type { Place } from "./places.ts";
import { placeCases, valueCases, wordCases } from "./shell-cases.ts";

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
