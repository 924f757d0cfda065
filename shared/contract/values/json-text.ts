/** What a text means as JSON; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The text of each member of an object that is known to be JSON, with the white space around it: parsing
 * would round large integers and forget how a value was written. Where a key is repeated the last one
 * counts, as in JSON.parse.
 */
export function memberTexts(json: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const part of partsOf(json)) {
    const keyEnd = endOfString(part, part.indexOf('"'));
    const key = String(JSON.parse(part.slice(0, keyEnd)));
    members.set(key, part.slice(part.indexOf(":", keyEnd) + 1));
  }
  return members;
}

/**
 * The texts of the `value` members of a batch's messages, in order, each exactly as it was written;
 * undefined where a message has none. The text must be JSON of the shape `{"messages":[{…},…]}`.
 */
export function valueTexts(batch: string): (string | undefined)[] {
  return elementTexts(memberTexts(batch).get("messages") ?? "").map(valueText);
}

/** The texts of an array's elements; none of anything else that is JSON. */
export function elementTexts(json: string): string[] {
  if (!json.trimStart().startsWith("[")) return [];
  return [...partsOf(json)].map((part) => part.trim());
}

/** The text of an object's `value` member; undefined where it has none, or is no object. */
export function valueText(json: string): string | undefined {
  return json.trimStart().startsWith("{") ? memberTexts(json).get("value")?.trim() : undefined;
}

/** What stands between the commas of an object or an array; depth is counted, not recursed into. */
function* partsOf(json: string): Generator<string> {
  let start = json.search(/[[{]/) + 1;
  let depth = 1;
  for (let at = start; depth > 0 && at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth === 0 || (depth === 1 && character === ",")) {
      const part = json.slice(start, at);
      // Only an empty object or array has nothing before its end.
      if (/\S/.test(part)) yield part;
      start = at + 1;
    }
  }
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}
