import { styleText } from "node:util";

/** What a colour says; each word is told as well, so that none is needed. */
export type Tone = "bad" | "waiting" | "good" | "quiet" | "title";

export type Paint = (text: string, tone: Tone | undefined) => string;

export const colorChoices = ["auto", "always", "never"] as const;
/** False is what `--no-color` gives. */
export type ColorChoice = (typeof colorChoices)[number] | false;

const styles = {
  bad: "red",
  waiting: "yellow",
  good: "green",
  quiet: "dim",
  title: "bold",
} as const;

const tones: Readonly<Record<string, Tone>> = {
  ...{ failing: "bad", held: "bad", failed: "bad" },
  ...{ limited: "waiting", retrying: "waiting", pending: "waiting" },
  ...{ disabled: "quiet", inactive: "quiet", delivered: "good" },
};

/** The tone of a state of a webhook or a delivery, as the contract spells it. */
export function toneOf(state: string | undefined): Tone | undefined {
  return state === undefined ? undefined : tones[state];
}

/** What is asked for on the command line goes before NO_COLOR, and that before what the terminal can do. */
export function usesColor(
  stream: { readonly isTTY?: boolean },
  choice: ColorChoice = "auto",
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (choice !== "auto") return choice === "always";
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}

export function paintWith(isColored: boolean): Paint {
  return (text, tone) => {
    if (!isColored || tone === undefined || text === "") return text;
    return styleText(styles[tone], text, { validateStream: false });
  };
}
