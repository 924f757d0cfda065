import { printable } from "../../shared/contract/values/printable.ts";

export interface ReceivedReport {
  messageId: string | undefined;
  /** How often this message has arrived since the receiver was started. */
  attempt: number;
  contentType: string | undefined;
  body: Buffer;
  flaws: string[];
}

const shownCharacters = 200;

/** One line for people: what arrived, and whether to believe it. */
export function reportAsText({ messageId, attempt, contentType, body, flaws }: ReceivedReport) {
  const verdict = flaws.length === 0 ? "verified" : `NOT verified: ${flaws.join("; ")}:`;
  const what = `${messageId ?? "(no id)"} attempt ${attempt} ${body.length} bytes`;
  const type = contentType ?? "(no content type)";
  return printable(`${verdict} ${what} ${type} ${shorten(body.toString())}`);
}

/** The same for programs: one JSON object a line, with the whole body. */
export function reportAsJson({ body, flaws, ...rest }: ReceivedReport): string {
  const report = { verified: flaws.length === 0, ...rest, flaws, body: body.toString() };
  return printable(JSON.stringify(report));
}

/** On one line, as far as it is shown. */
function shorten(text: string): string {
  const line = text.replaceAll(/\s/gu, " ");
  return line.length <= shownCharacters ? line : `${line.slice(0, shownCharacters)}…`;
}
