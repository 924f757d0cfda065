import { list, type Scope, text } from "./intrinsics.ts";

/** Decides the body of a condition: `Fn::Equals` and what is built from it. */
export function decide(body: unknown, scope: Pick<Scope, "resolve" | "holds">): boolean {
  const [name, argument] = onlyEntry(body);
  const decideAll = () => list(argument).map((part) => decide(part, scope));
  switch (name) {
    case "Condition":
      return scope.holds(text(argument));
    case "Fn::Equals": {
      const [left, right] = list(argument).map((side) => text(scope.resolve(side)));
      return left === right;
    }
    case "Fn::Not":
      return decideAll().every((holds) => !holds);
    case "Fn::And":
      return decideAll().every((holds) => holds);
    case "Fn::Or":
      return decideAll().some((holds) => holds);
    default:
      throw new Error(`${name} cannot decide a condition`);
  }
}

function onlyEntry(body: unknown): [string, unknown] {
  const entries = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const [entry] = entries;
  if (entry && entries.length === 1) return entry;
  throw new Error(`expected a condition, got ${JSON.stringify(body)}`);
}
