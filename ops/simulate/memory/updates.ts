import type { Expression, Row } from "../../../shared/store/table/rows.ts";
import { type Bound, memoized, type Operand, operand, pathOf } from "./operands.ts";
import { Tokens } from "./tokens.ts";

/** Changes the new row; every value is taken from the row as it was. */
type Action = (next: Row, row: Row, bound: Bound) => void;

const actionsOf = memoized((text) => {
  const tokens = new Tokens(text);
  const actions: Action[] = [];
  while (!tokens.isAtEnd) {
    const clause = clauses[tokens.take().toUpperCase()];
    if (!clause) throw tokens.unexpected();
    actions.push(...tokens.list(() => clause(tokens)));
  }
  return actions;
});

/** The row as an update leaves it. */
export function updated(row: Row, update: Expression): Row {
  const next = { ...row };
  for (const act of actionsOf(update.text)) act(next, row, update);
  return next;
}

const clauses: Record<string, (tokens: Tokens) => Action> = {
  SET(tokens) {
    const path = pathOf(tokens);
    tokens.expect("=");
    const value = assigned(tokens);
    return (next, row, bound) => {
      next[path(bound)] = value(row, bound);
    };
  },
  REMOVE(tokens) {
    const path = pathOf(tokens);
    return (next, _row, bound) => {
      delete next[path(bound)];
    };
  },
  ADD(tokens) {
    const path = pathOf(tokens);
    const by = operand(tokens);
    return (next, row, bound) => {
      const name = path(bound);
      next[name] = sum(row[name] ?? 0, by(row, bound));
    };
  },
};

/** Exact, and read as DynamoDB's numbers are: a big integer where a double would lose digits. */
function sum(a: unknown, b: unknown): number | bigint {
  if (typeof a !== "bigint" && typeof b !== "bigint") return Number(a) + Number(b);
  const exact = BigInt(a as number | bigint) + BigInt(b as number | bigint);
  return exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : exact;
}

function assigned(tokens: Tokens): Operand {
  if (!tokens.accept("IF_NOT_EXISTS")) return operand(tokens);
  tokens.expect("(");
  const standing = operand(tokens);
  tokens.expect(",");
  const otherwise = operand(tokens);
  tokens.expect(")");
  return (row, bound) => standing(row, bound) ?? otherwise(row, bound);
}
