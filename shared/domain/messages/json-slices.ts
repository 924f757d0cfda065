/**
 * The texts of the `value` members of a batch's messages, in order, each exactly as it was written;
 * undefined where a message has none. The text must be JSON of the shape `{"messages":[{…},…]}`; where a
 * key is repeated the last one counts, as in JSON.parse.
 */
export function valueTexts(batch: string): (string | undefined)[] {
  let texts: (string | undefined)[] = [];
  eachMember(batch, skipSpace(batch, 0), (key, start) => {
    if (key === "messages" && batch[start] === "[") texts = elementValues(batch, start);
  });
  return texts;
}

function elementValues(json: string, arrayStart: number): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  let at = skipSpace(json, arrayStart + 1);
  while (json[at] !== "]") {
    let text: string | undefined;
    if (json[at] === "{") {
      eachMember(json, at, (key, start, end) => {
        if (key === "value") text = json.slice(start, end);
      });
    }
    texts.push(text);
    at = skipSeparator(json, endOfValue(json, at));
  }
  return texts;
}

/** Calls back for each member of the object that begins at `at`: its key, and where its value stands. */
function eachMember(
  json: string,
  at: number,
  callback: (key: string, start: number, end: number) => void,
): void {
  let cursor = skipSpace(json, at + 1);
  while (json[cursor] !== "}") {
    const keyEnd = endOfString(json, cursor);
    const key = String(JSON.parse(json.slice(cursor, keyEnd)));
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = endOfValue(json, start);
    callback(key, start, end);
    cursor = skipSeparator(json, end);
  }
}

/** Depth is counted rather than recursed into: a value may be nested as deep as its size allows. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = json[at];
    if (character === '"') {
      at = endOfString(json, at);
      continue;
    }
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (depth === 0) return endOfScalar(json, at);
    at += 1;
  } while (depth > 0);
  return at;
}

function endOfScalar(json: string, start: number): number {
  const rest = /[\s,\]}]/g;
  rest.lastIndex = start;
  return rest.exec(json)?.index ?? json.length;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipSeparator(json: string, at: number): number {
  const next = skipSpace(json, at);
  return json[next] === "," ? skipSpace(json, next + 1) : next;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (/\s/.test(json[at] ?? "")) at += 1;
  return at;
}
