import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeBlock, readDocument } from "../documents/code-blocks.ts";
import { type Installation, installReceiver } from "./receiver-installation.ts";

export interface ReceiverLanguage {
  /** How the document marks its code blocks. */
  fence: string;
  /** The name under which the document says to save it. */
  file: string;
  /** The programs that the document takes for granted. */
  tools: string[];
}

/** Does what the guide says about one language. */
export function install({ fence, file }: ReceiverLanguage): Promise<Installation> {
  const commands = codeBlock(partWith(fence), "sh").trim().split("\n");
  return installReceiver(commands, (folder) => {
    return writeFile(join(folder, file), documentedSource(fence));
  });
}

/** The receiver that the guide shows in a language. */
export function documentedSource(fence: string): string {
  return codeBlock(partWith(fence), fence);
}

/** The section of one language. */
function partWith(fence: string): string {
  const [, receivers = ""] = readDocument("docs/verify.md").split(/^## Receivers$/m);
  const parts = receivers.split(/^#+ /m);
  return parts.find((part) => part.includes(`\`\`\`${fence}\n`)) ?? "";
}
