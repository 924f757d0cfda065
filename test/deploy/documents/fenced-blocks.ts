export interface FencedBlock {
  /** The section that it stands in. */
  heading: string;
  /** What is written behind the fence; nothing for a block in no language. */
  language: string;
  text: string;
}

/** Every fenced block of a document, those within its lists too, in their order. */
export function fencedBlocks(document: string): FencedBlock[] {
  const part =
    /^## (?<heading>[^\n]*)$|^(?<indent> *)```(?<language>\w*)\n(?<text>.*?)^\k<indent>```$/gms;
  let heading = "";
  const blocks: FencedBlock[] = [];
  for (const { groups = {} } of document.matchAll(part)) {
    if (groups.heading !== undefined) heading = groups.heading;
    else blocks.push({ heading, language: groups.language ?? "", text: unindented(groups) });
  }
  return blocks;
}

function unindented({ indent = "", text = "" }: Record<string, string>): string {
  return text.replaceAll(new RegExp(`^${indent}`, "gm"), "");
}
