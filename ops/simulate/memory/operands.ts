import type { Expression, Row } from "../../../shared/store/table/rows.ts";
import type { Tokens } from "./tokens.ts";

/** The names and values that an expression's words stand for. */
export type Bound = Pick<Expression, "names" | "values">;

export type Operand = (row: Row, bound: Bound) => unknown;

/** An attribute's name, or a word that stands for one. */
export function pathOf(tokens: Tokens): (bound: Bound) => string {
  const word = tokens.take();
  if (!/^#?\w+$/.test(word)) throw tokens.unexpected();
  if (!word.startsWith("#")) return () => word;
  return ({ names }) => given(names?.[word], word);
}

/** A value that was passed along, or an attribute of the row. */
export function operand(tokens: Tokens): Operand {
  if (tokens.peek().startsWith(":")) {
    const word = tokens.take();
    return (_row, { values }) => given(values?.[word], word);
  }
  const path = pathOf(tokens);
  return (row, bound) => row[path(bound)];
}

function given<T>(value: T | undefined, word: string): T {
  if (value === undefined) throw new Error(`${word} stands for nothing`);
  return value;
}

/** Texts are few, and each is used a million times. */
export function memoized<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const parsed = parse(text);
    known.set(text, parsed);
    return parsed;
  };
}
