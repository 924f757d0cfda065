import type { Place } from "./places.ts";

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
