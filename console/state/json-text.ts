/** Texts, numbers and words, and each sign of punctuation by itself. */
const token = /"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+|[{}[\],:]/g;

/** JSON laid out for reading, with every number and text written as it was. */
export function indented(json: string): string {
  let depth = 0;
  let laidOut = "";
  let before = "";
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const part of json.match(token) ?? []) {
    const isEnd = part === "}" || part === "]";
    const isFirst = before === "{" || before === "[";
    if (isEnd) depth -= 1;
    if (isFirst !== isEnd) laidOut += newLine();
    laidOut += part;
    if (part === ",") laidOut += newLine();
    if (part === ":") laidOut += " ";
    if (part === "{" || part === "[") depth += 1;
    before = part;
  }
  return laidOut;
}

/** The own text of an object's member; empty where there is none. */
export function memberText(json: string, name: string): string {
  let depth = 0;
  let start: number | undefined;
  let key = "";
  for (const { 0: part, index } of json.matchAll(token)) {
    if (part === "}" || part === "]") depth -= 1;
    const isEnd = start !== undefined && ((depth === 1 && part === ",") || depth === 0);
    if (isEnd) return json.slice(start, index).trim();
    if (depth === 1 && part === ":" && start === undefined && key === JSON.stringify(name)) {
      start = index + 1;
    }
    if (depth === 1) key = part;
    if (part === "{" || part === "[") depth += 1;
  }
  return "";
}
