import type { Expression, Row } from "../../../shared/store/table/rows.ts";
import { type Bound, memoized, type Operand, operand, pathOf } from "./operands.ts";
import { Tokens } from "./tokens.ts";

type Condition = (row: Row, bound: Bound) => boolean;

const conditionOf = memoized((text) => {
  const tokens = new Tokens(text);
  const condition = either(tokens);
  if (!tokens.isAtEnd) throw tokens.unexpected();
  return condition;
});

/** Whether a row, or none, meets a condition as DynamoDB would find it. */
export function meets(row: Row | undefined, condition: Expression | undefined): boolean {
  return condition === undefined || conditionOf(condition.text)(row ?? {}, condition);
}

function either(tokens: Tokens): Condition {
  const parts = [both(tokens)];
  while (tokens.accept("OR")) parts.push(both(tokens));
  return parts.length === 1 && parts[0]
    ? parts[0]
    : (row, bound) => parts.some((part) => part(row, bound));
}

function both(tokens: Tokens): Condition {
  const parts = [single(tokens)];
  while (tokens.accept("AND")) parts.push(single(tokens));
  return (row, bound) => parts.every((part) => part(row, bound));
}

function single(tokens: Tokens): Condition {
  if (tokens.accept("NOT")) {
    const inner = single(tokens);
    return (row, bound) => !inner(row, bound);
  }
  if (tokens.accept("(")) {
    const inner = either(tokens);
    tokens.expect(")");
    return inner;
  }
  return functionOf(tokens) ?? comparison(tokens);
}

function functionOf(tokens: Tokens): Condition | undefined {
  const name = tokens.peek();
  if (!["attribute_exists", "attribute_not_exists", "attribute_type"].includes(name)) return;
  tokens.take();
  tokens.expect("(");
  const path = pathOf(tokens);
  const type = tokens.accept(",") ? operand(tokens) : undefined;
  tokens.expect(")");
  if (type) return (row, bound) => typeOf(row[path(bound)]) === type(row, bound);
  const wanted = name === "attribute_exists";
  return (row, bound) => (row[path(bound)] !== undefined) === wanted;
}

function typeOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "NULL";
  if (typeof value === "string") return "S";
  return typeof value === "number" ? "N" : "other";
}

const comparisons: Record<string, (a: string | number, b: string | number) => boolean> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function comparison(tokens: Tokens): Condition {
  const left = operand(tokens);
  if (tokens.accept("IN")) return isOneOf(left, tokens);
  const operator = tokens.take();
  const right = operand(tokens);
  if (operator === "=") return (row, bound) => left(row, bound) === right(row, bound);
  if (operator === "<>") return (row, bound) => left(row, bound) !== right(row, bound);
  const compare = comparisons[operator];
  if (!compare) throw tokens.unexpected();
  return (row, bound) => {
    const [a, b] = [left(row, bound), right(row, bound)];
    return isOrdered(a) && isOrdered(b) && typeof a === typeof b && compare(a, b);
  };
}

function isOneOf(left: Operand, tokens: Tokens): Condition {
  tokens.expect("(");
  const all = tokens.list(() => operand(tokens));
  tokens.expect(")");
  return (row, bound) => all.some((one) => one(row, bound) === left(row, bound));
}

function isOrdered(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
