/** An expression as a machine without a stack: its states, and which of them follow each other. */
export interface PatternProgram {
  readonly states: readonly State[];
  readonly start: number;
}

export type State =
  | { readonly kind: "one"; readonly holds: (codePoint: number) => boolean; readonly next: number }
  | { readonly kind: "either"; readonly next: number; readonly other: number }
  | { readonly kind: "at"; readonly place: Place; readonly next: number }
  | { readonly kind: "end" };

/** A place between two characters. */
export type Place = "start" | "end" | "word edge" | "no word edge";

/** Why an expression cannot be used, as the end of a sentence about it. */
export class PatternProblem extends Error {}

/** So many states bound what one character of a text may cost. */
const maxStates = 2_000;
/** What repeats nothing a thousand times has no states, and would still take time to read. */
const maxParts = 10_000;
const maxCharacters = 1_000;

type Node =
  | { readonly kind: "one"; readonly holds: (codePoint: number) => boolean }
  | { readonly kind: "at"; readonly place: Place }
  | { readonly kind: "sequence"; readonly parts: readonly Node[] }
  | { readonly kind: "choice"; readonly parts: readonly Node[] }
  | { readonly kind: "repeat"; readonly part: Node; readonly min: number; readonly max: number };

/**
 * Reads an expression of ECMAScript with the flag `u`. What a machine without a stack cannot run in linear time,
 * references back and looks around, is refused, as is what would have too many states.
 */
export function compilePattern(source: string): PatternProgram {
  if (source.length > maxCharacters) {
    throw new PatternProblem(`must have at most ${maxCharacters} characters`);
  }
  try {
    new RegExp(source, "u");
  } catch {
    throw new PatternProblem("must be a regular expression of ECMAScript with the flag u");
  }
  const states: State[] = [{ kind: "end" }];
  const add = (state: State): number => {
    if (states.length >= maxStates) {
      throw new PatternProblem(`must not have more than ${maxStates} states: repeat fewer times`);
    }
    return states.push(state) - 1;
  };
  let parts = 0;
  const begin = () => {
    parts += 1;
    if (parts > maxParts) throw new PatternProblem("must repeat its parts fewer times");
  };
  const start = writeNode(readPattern(source), 0, { states, add, begin });
  return { states, start };
}

interface Writer {
  readonly states: State[];
  readonly add: (state: State) => number;
  /** Counts a node that is about to be written. */
  readonly begin: () => void;
}

/** Writes the states of a node in front of `next`. Returns the first of them. */
function writeNode(node: Node, next: number, writer: Writer): number {
  const { states, add, begin } = writer;
  begin();
  switch (node.kind) {
    case "one":
      return add({ kind: "one", holds: node.holds, next });
    case "at":
      return add({ kind: "at", place: node.place, next });
    case "sequence":
      return node.parts.reduceRight((after, part) => writeNode(part, after, writer), next);
    case "choice":
      return node.parts
        .map((part) => writeNode(part, next, writer))
        .reduceRight((other, first) => add({ kind: "either", next: first, other }));
    case "repeat": {
      const { part, min, max } = node;
      let first = next;
      if (max === Number.POSITIVE_INFINITY) {
        first = add({ kind: "either", next, other: next });
        states[first] = { kind: "either", next: writeNode(part, first, writer), other: next };
      } else {
        for (let n = min; n < max; n += 1) {
          first = add({ kind: "either", next: writeNode(part, first, writer), other: next });
        }
      }
      for (let n = 0; n < min; n += 1) first = writeNode(part, first, writer);
      return first;
    }
  }
}

/** The source is legal: V8 has read it, so only where its parts end has to be found. */
function readPattern(source: string): Node {
  const characters = [...source];
  let at = 0;

  const choice = (): Node => {
    const parts = [sequence()];
    while (characters[at] === "|") {
      at += 1;
      parts.push(sequence());
    }
    return { kind: "choice", parts };
  };

  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < characters.length && characters[at] !== "|" && characters[at] !== ")") {
      parts.push(repeated(atom()));
    }
    return { kind: "sequence", parts };
  };

  const atom = (): Node => {
    const character = characters[at] ?? "";
    if (character === "^" || character === "$") {
      at += 1;
      return { kind: "at", place: character === "^" ? "start" : "end" };
    }
    if (character === "(") return group();
    if (character === "[") return ofClass(endOfClass(characters, at));
    if (character === ".") return ofClass(at + 1);
    if (character !== "\\") {
      at += 1;
      const wanted = character.codePointAt(0);
      return { kind: "one", holds: (codePoint) => codePoint === wanted };
    }
    const escaped = characters[at + 1] ?? "";
    if (escaped === "b" || escaped === "B") {
      at += 2;
      return { kind: "at", place: escaped === "b" ? "word edge" : "no word edge" };
    }
    if (escaped === "k" || /[1-9]/.test(escaped)) {
      throw new PatternProblem("must not refer back to a group: that takes more than linear time");
    }
    return ofClass(endOfEscape(characters, at));
  };

  /** Whatever stands for one character, from here to that place. */
  const ofClass = (end: number): Node => {
    const holds = characterTest(characters.slice(at, end).join(""));
    at = end;
    return { kind: "one", holds };
  };

  const group = (): Node => {
    const opening = /^\((?:\?(?:<[\p{ID_Start}$_\\][^>]*>|:))?/u.exec(
      characters.slice(at).join(""),
    )?.[0];
    if (opening === undefined || (opening === "(" && characters[at + 1] === "?")) {
      throw new PatternProblem(
        "must not look ahead or behind or set flags: that takes more than linear time",
      );
    }
    at += [...opening].length;
    const inner = choice();
    at += 1;
    return inner;
  };

  const repeated = (part: Node): Node => {
    const text = characters.slice(at, at + 40).join("");
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(text);
    if (!found) return part;
    at += found[0].length;
    const [sign, low, comma, high] = found;
    if (sign.startsWith("*")) {
      return { kind: "repeat", part, min: 0, max: Number.POSITIVE_INFINITY };
    }
    if (sign.startsWith("+")) {
      return { kind: "repeat", part, min: 1, max: Number.POSITIVE_INFINITY };
    }
    if (sign.startsWith("?")) return { kind: "repeat", part, min: 0, max: 1 };
    const min = Number(low);
    const max = comma === undefined ? min : high ? Number(high) : Number.POSITIVE_INFINITY;
    if (min > maxStates || (max > maxStates && max !== Number.POSITIVE_INFINITY)) {
      throw new PatternProblem(`must not repeat anything more than ${maxStates} times`);
    }
    return { kind: "repeat", part, min, max };
  };

  return choice();
}

function endOfClass(characters: readonly string[], from: number): number {
  let at = from + 1;
  while (characters[at] !== "]") at += characters[at] === "\\" ? 2 : 1;
  return at + 1;
}

const escapes =
  /^\\(?:u\{[^}]*\}|u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|[pP]\{[^}]*\}|.)/su;

function endOfEscape(characters: readonly string[], from: number): number {
  const text = characters.slice(from, from + 100).join("");
  return from + [...(escapes.exec(text)?.[0] ?? "\\")].length;
}

const asciiCharacters = 128;

/** Of one character an expression of V8 takes constant time, so what a class holds is left to it. */
function characterTest(source: string): (codePoint: number) => boolean {
  const expression = new RegExp(`^(?:${source})$`, "u");
  const holds = (codePoint: number) => expression.test(String.fromCodePoint(codePoint));
  const ascii = Array.from({ length: asciiCharacters }, (_, codePoint) => holds(codePoint));
  return (codePoint) => ascii[codePoint] ?? holds(codePoint);
}
