/** The prose of a text without what is code or markup; code counts as one word. */
export function proseOf(markdown: string): string {
  return markdown
    .replaceAll(/(`+).*?\1/gs, "`x`")
    .replaceAll(/!?\[\^?([^\]]*)\](\([^)]*\))?/g, "$1")
    .replaceAll(/https?:\/\/\S+/g, "`x`")
    .replaceAll(/[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

const abbreviation = /(?:\b(?:e\.g|i\.e|vs|etc|St|No)|\b[A-Z])\.$/;

/** The sentences of prose. A colon and a semicolon do not end one. */
export function sentencesOf(prose: string): string[] {
  const sentences: string[] = [];
  let current = "";
  for (const part of prose.split(
    /(?<=[.!?…][)"'”]?) +(?=[A-Z`"'(“0-9$]|[a-z]+[A-Z]|[a-z-]+\.md)/,
  )) {
    current = current ? `${current} ${part}` : part;
    if (abbreviation.test(current)) continue;
    sentences.push(current);
    current = "";
  }
  return current ? [...sentences, current] : sentences;
}

export function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{N}`][\p{L}\p{N}`'’.,/%$€_-]*/gu) ?? [];
}
