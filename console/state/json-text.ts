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

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
