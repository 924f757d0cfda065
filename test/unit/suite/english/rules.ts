import type { TextlintKernelRule } from "@textlint/kernel";
import { proseOf, sentencesOf, wordsOf } from "./sentences.ts";

const maxWords = 30;
const maxPassives = 2;

/** What a native engineer would not write, and what to write in its place. */
const avoided: readonly (readonly [RegExp, string])[] = [
  [/\b(un)?less (told|you say|it says|[\w ]{1,40} says) otherwise\b/i, "default: …"],
  [/\blost unsaid\b/i, "lost silently"],
  [/\bthat stands? so\b/i, "say what the state is"],
  [/\bhow (it|they|\w+ \w+) fares?\b/i, "health"],
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\banew\b/i, "again"],
  [/\breckon(s|ed|ing)?\b/i, "estimate"],
  [/\bheeds?\b/i, "respect"],
  [/\bseldom\b/i, "rarely"],
  [/\bwhence|whither|thereof|therein|thereby|herein|thereupon\b/i, "plain words"],
  [/\bin place of\b/i, "instead of"],
  [/\bat the (most|least)\b/i, "at most, at least"],
  [/\btells? of\b/i, "describes"],
  [/\bhears? of\b/i, "is notified of"],
  [/\bfor ever\b/i, "forever"],
  [/\bwithal|save that|save for|but for\b/i, "except"],
  [/\bby (it|them)sel(f|ves) alone\b/i, "alone"],
  [/\bnone (that|of them|of those) (is|are) (ours|ten)\b/i, "say it directly"],
  [/\bthat is none of (ours|ten)\b/i, "say it directly"],
  [/\bare to be (had|found)\b|\bis to be (had|found)\b|\b(can|could) be had\b/i, "is available"],
  [/\bsome (two|three|five|ten|twenty|\d[\d,.]*)\b(?! of)/i, "about"],
  [/\bis gone\b.*\bis gone\b/i, "say what happens"],
];

/** Sentences that put the verb before its subject, or a clause where a noun belongs. */
const inverted: readonly (readonly [RegExp, string])[] = [
  [
    /^(Only|Not|Never|Nor|Neither|Rarely|Nowhere)\b(?! (after|if|when|while|for|in)\b[^,]*,?)[^,.]{0,40}? (is|are|was|were|has|have|does|do|did|can|will|may|must) (it|they|he|she|we|the|a|an|this|that|those|these)\b/,
    "subject first",
  ],
  [/^(Who|Whoever) (?!can\b|could\b|is on\b)\w+[^?]*[^?]$/, "name who does it"],
  [
    /^(Of|From|To|With|Without|Before|After|Behind|Beside|Beyond|Under|In|On|At) [^,.]{3,50} (stands?|lies?|comes?|goes?) (a|an|the)\b/,
    "subject first",
  ],
  [/\b(stands?|lies?) (in|on|at|beside|behind) (a|an|the|that|this|its|their|\W)/i, "is"],
];

const passive =
  /\b(?:is|are|was|were|be|been|being) (?:\w+ly |not |then |also |never |always )?(?:\w+ed|made|kept|sent|told|given|taken|held|found|seen|shown|known|written|read|put|set|lost|left|built|met|paid|said|done|begun|thrown|chosen|broken)\b/gi;

export const rules = {
  "long-sentence": rule((sentence) => {
    const { length } = wordsOf(sentence);
    return length > maxWords ? `${length} words, at most ${maxWords}` : undefined;
  }),
  "passive-chain": rule((sentence) => {
    const count = sentence.match(passive)?.length ?? 0;
    return count > maxPassives ? `${count} passives, at most ${maxPassives}` : undefined;
  }),
  "avoided-words": rule((sentence) => firstOf(avoided, sentence)),
  inversion: rule((sentence) => firstOf(inverted, sentence)),
};

function firstOf(patterns: typeof avoided, sentence: string): string | undefined {
  for (const [pattern, instead] of patterns) {
    const found = pattern.exec(sentence)?.[0];
    if (found !== undefined) return `"${found}", instead: ${instead}`;
  }
  return undefined;
}

/** A rule of textlint that looks at every sentence of paragraphs, headings and the cells of tables. */
function rule(fault: (sentence: string) => string | undefined): TextlintKernelRule["rule"] {
  return (context) => {
    const look = (node: Parameters<typeof context.getSource>[0]) => {
      if (!node) return;
      for (const sentence of sentencesOf(proseOf(context.getSource(node)))) {
        const message = fault(sentence);
        const start = sentence.split(" ").slice(0, 8).join(" ");
        if (message) context.report(node, new context.RuleError(`${message}: ${start} …`));
      }
    };
    const { Syntax } = context;
    return { [Syntax.Paragraph]: look, [Syntax.Header]: look, [Syntax.TableCell]: look };
  };
}
