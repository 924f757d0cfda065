// Event Ruler is the library that EventBridge runs (Apache License 2.0). cases.jsonl.gz holds 5,000 random patterns and
// events with its verdicts, one [pattern, event, 0 or 1] a line, and ruler.test.ts asks Hookcast the same. This program
// prints patterns and events, and Verdicts.java judges them. It was run once, with Java 17 and, in lib, the jars of
// software.amazon.event.ruler:event-ruler:1.8.1 and of what it needs:
//
//   node generate.ts 20261128 5000 | java -cp 'lib/*' Verdicts.java | gzip -9 -n > cases.jsonl.gz

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Fields = Record<string, unknown>;

const [seedText = "1", countText = "5000"] = process.argv.slice(2);

/** Mulberry32: the same cases from the same seed. */
let state = Number(seedText);
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (count: number) => Math.floor(random() * count);
const chance = (share: number) => random() < share;
function pick<T>(all: readonly T[]): T {
  const one = all[below(all.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}
const some = <T>(min: number, max: number, make: () => T) =>
  Array.from({ length: min + below(max - min + 1) }, make);

const names = ["a", "b", "c", "d"];
const texts = [
  ...["", "a", "ab", "abc", "Abc", "ABC", "abcabc", "b", "bc", "xyz", "a*c", "a\\c", "order.paid"],
  ...["é", "É", "ß", "SS", "ss", "ǆ", "Ǆ", "日本", "😀", '"', "null", "1", "true"],
  ...["10.0.0.1", "10.0.1.7", "10.255.0.0", "192.168.0.1", "2001:db8::1", "2001:db8:8000::", "::1"],
];
const numbers = [
  0, 1, -1, 2, 1.5, -0.5, 100, 301.8, 1e3, 0.1, 4294967296, 9007199254740991, 1e21, 5e-7,
];

function leaf(): Json {
  const kind = random();
  if (kind < 0.55) return pick(texts);
  if (kind < 0.85) return pick(numbers);
  return pick([true, false, null]);
}

function value(depth: number): Json {
  const kind = random();
  if (depth === 0 || kind < 0.35) return leaf();
  if (kind < 0.5) return some(0, 3, leaf);
  if (kind < 0.65) return some(0, 3, () => value(depth - 1));
  return Object.fromEntries(some(0, 3, () => [pick(names), value(depth - 1)]));
}

function event(): Fields {
  return {
    ...(chance(0.8) && { event: chance(0.5) ? pick(texts.slice(1, 13)) : pick([0, 1, 100]) }),
    ...(chance(0.5) && { productId: pick([0, 1, 2, 100]) }),
    contentType: pick(["application/json", "application/JSON", "text/plain"]),
    ...(chance(0.95) && { value: value(3) }),
  };
}

/** A text, or one that begins, ends or is written like it. */
function near(text: string): string {
  const kind = random();
  if (kind < 0.4) return text;
  if (kind < 0.55) return [...text].slice(0, -1).join("");
  if (kind < 0.65) return [...text].slice(1).join("");
  return kind < 0.8 ? text.toUpperCase() : pick(texts);
}

function wildcardLike(text: string): string {
  const plain = [...text].map((one) => (one === "*" || one === "\\" ? `\\${one}` : one));
  const holes = plain.map((one) => (chance(0.3) ? "*" : one)).join("");
  return `${chance(0.3) ? "*" : ""}${holes}${chance(0.3) ? "*" : ""}`.replace(/(?<!\\)\*+/g, "*");
}

const firstOf = (text: string) => [...text].slice(0, 2).join("");
const lastOf = (text: string) => [...text].slice(-2).join("");
const nonEmpty = (make: () => string) => make() || "z";
const oneOrMore = <T>(make: () => T) => (chance(0.5) ? make() : some(1, 3, make));

function operator(seen: Json): unknown {
  const text = typeof seen === "string" ? seen : pick(texts);
  const number = typeof seen === "number" ? seen : pick(numbers);
  const anythingBut = () =>
    pick([
      () => oneOrMore(() => near(text)),
      () => oneOrMore(() => (chance(0.5) ? number : pick(numbers))),
      () => ({ prefix: oneOrMore(() => nonEmpty(() => firstOf(near(text)))) }),
      () => ({ suffix: oneOrMore(() => nonEmpty(() => lastOf(near(text)))) }),
      () => ({ "equals-ignore-case": oneOrMore(() => near(text)) }),
      () => ({ wildcard: oneOrMore(() => wildcardLike(text)) }),
    ])();
  const range = () => {
    const [low, high] = [number - pick([0, 1, 100]), number + pick([0, 1, 100])];
    return low < high ? [pick([">", ">="]), low, pick(["<", "<="]), high] : ["=", number];
  };
  const make: readonly (() => unknown)[] = [
    () => ({ prefix: firstOf(near(text)) }),
    () => ({ suffix: lastOf(near(text)) }),
    () => ({ prefix: { "equals-ignore-case": firstOf(near(text)) } }),
    () => ({ suffix: { "equals-ignore-case": lastOf(near(text)) } }),
    () => ({ "equals-ignore-case": near(text) }),
    () => ({ wildcard: wildcardLike(text) }),
    () => ({ "anything-but": anythingBut() }),
    () => ({ "anything-but": anythingBut() }),
    () => ({ numeric: [pick(["=", "<", "<=", ">", ">="]), chance(0.6) ? number : pick(numbers)] }),
    () => ({ numeric: range() }),
    () => ({ exists: chance(0.6) }),
    () => ({ cidr: pick(["10.0.0.0/8", "10.0.0.0/24", "10.0.0.0/31", "192.168.0.0/16"]) }),
    () => ({ cidr: pick(["2001:db8::/32", "2001:db8::/33", "::/127"]) }),
  ];
  return pick(make)();
}

function leavesIn(json: unknown): Json[] {
  if (typeof json !== "object" || json === null) return [json as Json]; // what JSON has left
  return Array.isArray(json) ? json.flatMap(leavesIn) : [];
}

function conditions(found: unknown): unknown[] {
  const seen = leavesIn(found ?? null);
  const near = () => (seen.length > 0 && chance(0.75) ? pick(seen) : leaf());
  return some(1, 2, () => (chance(0.4) ? near() : operator(near())));
}

/** What a pattern may ask of a field: of a list, one of its objects is looked at. */
function fieldsIn(json: unknown): Fields {
  const one = Array.isArray(json) && json.length > 0 ? pick(json) : json;
  return typeof one === "object" && one !== null && !Array.isArray(one) ? (one as Fields) : {};
}

function pattern(found: unknown, depth: number, isTop = false): Fields {
  const here = fieldsIn(found);
  const known = Object.keys(here);
  const choose = () => (known.length > 0 && chance(0.85) ? pick(known) : pick(names));
  const top = ["event", "productId", "contentType", "value", "value", "value"];
  const entries = some(1, isTop ? 2 : 3, () => {
    const name = isTop ? pick(top) : choose();
    const below = here[name];
    const isObject = Object.keys(fieldsIn(below)).length > 0;
    const goes = depth > 0 && (!isTop || name === "value") && chance(isObject ? 0.85 : 0.15);
    return [name, goes ? pattern(below, depth - 1) : conditions(below)] as const;
  });
  const or = depth > 0 &&
    chance(0.15) && {
      $or: some(2, 3, () => pattern(found, depth - 1, isTop)),
    };
  return { ...Object.fromEntries(entries), ...or };
}

/** The paths of each way in which a pattern may match. */
function waysOf(fields: unknown, path = ""): string[][] {
  let ways: string[][] = [[]];
  for (const [name, wanted] of Object.entries(Object(fields))) {
    const at = `${path}/${name}`;
    const more =
      name === "$or" && Array.isArray(wanted)
        ? wanted.flatMap((way) => waysOf(way, path))
        : Array.isArray(wanted)
          ? [[at]]
          : waysOf(wanted, at);
    ways = ways.flatMap((way) => more.map((one) => [...way, ...one]));
  }
  return ways;
}

/** Where Ruler and Hookcast differ on purpose: docs/filters.md tells why. */
function isKnownDifference(wanted: Fields, published: Fields): boolean {
  const ways = waysOf(wanted);
  if (ways.some((way) => new Set(way).size < way.length)) return true;
  const text = JSON.stringify(wanted);
  const ignoresCase = text.includes("equals-ignore-case");
  if (ignoresCase && (text.includes("😀") || text.includes('"anything-but":{"wildcard"')))
    return true;
  const asksForAbsence = text.includes('{"exists":false}');
  return (
    asksForAbsence && JSON.stringify(published).includes("[{") && ways.some((way) => way.length > 1)
  );
}

let left = Number(countText);
while (left > 0) {
  const published = event();
  const wanted = pattern(published, 3, true);
  if (isKnownDifference(wanted, published)) continue;
  console.log(JSON.stringify({ pattern: wanted, event: published }));
  left -= 1;
}
