import type { Place } from "./places.ts";

/** Branches that lead from a place and the next word to the place behind it; bash and zsh read them alike. */
export function placeCases(places: readonly Place[]): string {
  const patterns = places
    .filter(({ path }) => path !== "")
    .map(({ path }) => `"${path.includes(" ") ? path : ` ${path}`}"`);
  return patterns.join(" | ");
}

/** Branches on a place and the option before: what its value may be, or files where that may be anything. */
export function valueCases(places: readonly Place[], offer: (words: string) => string): string {
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
export function wordCases(places: readonly Place[], offer: (words: string) => string): string {
  return places
    .flatMap(({ path, commands, choices, options }) => [
      `    "${path}|-"*) ${offer(options.map(({ word }) => word).join(" "))} ;;`,
      `    "${path}|"*) ${offer([...commands.map(({ word }) => word), ...choices].join(" "))} ;;`,
    ])
    .join("\n");
}
