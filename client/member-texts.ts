const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/**
 * The text of each member of an object that is known to be JSON, with the white space round it: parsing
 * would round large integers and forget how a value was written.
 */
export function memberTexts(json: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | undefined;
  let valueFrom = 0;
  let last = "";
  for (const { 0: token, index } of json.matchAll(tokens)) {
    if (depth === 1 && name === undefined && token === ":") {
      name = String(JSON.parse(last));
      valueFrom = index + 1;
    }
    if (depth === 1 && name !== undefined && (token === "," || token === "}")) {
      members.set(name, json.slice(valueFrom, index));
      name = undefined;
    }
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    last = token;
  }
  return members;
}
