import { compilePattern, type PatternProgram, type Place } from "./pattern-program.ts";

/** Takes note of so many steps; throws where that is more than may be taken. */
export type Spend = (steps: number) => void;

/** An expression that takes at most as many steps as its states times the text's characters, whatever the text. */
export interface Pattern {
  /** Whether it matches anywhere in the text. */
  isIn(text: string, spend: Spend): boolean;
}

/** Throws a `PatternProblem` where it cannot be used. */
export function openPattern(source: string): Pattern {
  const program = compilePattern(source);
  return { isIn: (text, spend) => isMatch(program, text, spend) };
}

const statesInAStep = 50;

/**
 * Follows every way through the states at once, one character of the text after the other, so that no way is gone
 * twice: what backtracks takes exponential time where this takes linear time.
 */
function isMatch({ states, start }: PatternProgram, text: string, spend: Spend): boolean {
  const seenAt = new Int32Array(states.length).fill(-1);
  let current: number[] = [];
  let step = 0;
  let before = -1;
  let visits = 0;
  let matched = false;
  // The list above is as long as the states are many.
  spend(states.length / statesInAStep);

  /** Adds a state and all that it leads to without a character. */
  const enter = (from: number, into: number[], edge: Edge) => {
    const waiting = [from];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      visits += 1;
      if (seenAt[at] === step) continue;
      seenAt[at] = step;
      const state = states[at];
      if (state?.kind === "one") into.push(at);
      else if (state?.kind === "either") waiting.push(state.other, state.next);
      else if (state?.kind === "at" && isAt(state.place, edge)) waiting.push(state.next);
      else if (state?.kind === "end") matched = true;
    }
  };

  for (let at = 0; ; ) {
    const codePoint = text.codePointAt(at) ?? -1;
    const edge = { before, after: codePoint };
    const open: number[] = [];
    for (const from of current) enter(from, open, edge);
    enter(start, open, edge);
    spend(visits + 1);
    visits = 0;
    if (matched) return true;
    if (codePoint < 0) return false;
    current = open.flatMap((from) => {
      const state = states[from];
      return state?.kind === "one" && state.holds(codePoint) ? [state.next] : [];
    });
    step += 1;
    before = codePoint;
    at += codePoint > 0xffff ? 2 : 1;
  }
}

/** The code points around a place, -1 where the text begins or ends. */
interface Edge {
  readonly before: number;
  readonly after: number;
}

function isAt(place: Place, { before, after }: Edge): boolean {
  switch (place) {
    case "start":
      return before < 0;
    case "end":
      return after < 0;
    case "word edge":
      return isWord(before) !== isWord(after);
    case "no word edge":
      return isWord(before) === isWord(after);
  }
}

function isWord(codePoint: number): boolean {
  return codePoint >= 0 && /^\w$/.test(String.fromCodePoint(codePoint));
}
