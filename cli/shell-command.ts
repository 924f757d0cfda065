/** What a shell takes for one word as it is. */
const plain = /^[\w@%+=:,./-]+$/;
/** What must not reach a terminal: bash and zsh read it in an escaped form. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A command to be pasted into a shell: whatever a name holds is one word, and none is taken for an option.
 * Options come first.
 */
export function shellCommand(
  words: string,
  operands: readonly string[],
  options: readonly string[] = [],
): string {
  const isAmbiguous = operands.some((operand) => operand.startsWith("-"));
  const all = [...options, ...(isAmbiguous ? ["--"] : []), ...operands];
  return ["hookcast", words, ...all.map(quoted)].join(" ");
}

/** Single quotes hold everything but themselves. */
function quoted(word: string): string {
  if (plain.test(word)) return word;
  if (word.search(unprintable) < 0) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${word.replaceAll(/[\\']/g, "\\$&").replaceAll(unprintable, escaped)}'`;
}

/** Its bytes: a shell knows characters by their numbers only where its locale has them. */
function escaped(character: string): string {
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}
