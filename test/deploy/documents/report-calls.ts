import { type EmulatedAws, recordedFor } from "./emulated-aws.ts";
import type { Call } from "./reader.ts";

/** What ran, what a recorded answer stood in for and what was left out, for whoever reads the run's output. */
export function tableOf(document: string, shell: string, calls: Call[]): string {
  const ran = new Map<string, number>();
  const notes = new Set<string>();
  for (const { words, leftOut } of calls) {
    const recorded = recordedFor(words);
    if (leftOut !== undefined) notes.add(`left out: ${words.join(" ")}: ${leftOut}`);
    else if (recorded) notes.add(`recorded answer: ${recorded.command}: ${recorded.why}`);
    else ran.set(kindOf(words), (ran.get(kindOf(words)) ?? 0) + 1);
  }
  return [
    `${document} in ${shell}: ${calls.length} calls`,
    ...[...ran].map(([command, count]) => `${String(count).padStart(6)}  ${command}`),
    ...[...notes].map((note) => `     -  ${note}`),
  ].join("\n");
}

/** Commands that the emulator answers by now, so that no recorded answer is needed. */
export async function noLongerMissing(aws: EmulatedAws, calls: Call[]): Promise<string[]> {
  const learned: string[] = [];
  for (const { words, leftOut } of calls) {
    if (leftOut !== undefined || !recordedFor(words)) continue;
    const answer = await aws.aws(...words.slice(1)).catch(() => undefined);
    if (answer !== undefined) learned.push(words.join(" "));
  }
  return learned;
}

function kindOf(words: string[]): string {
  const isTwoWords = ["aws", "npm", "npx", "hookcast"].includes(words[0] ?? "");
  return words.slice(0, isTwoWords ? 3 : 1).join(" ");
}
