import type { Scalar } from "../../contract/values/filter-conditions.ts";
import {
  type LeafPattern,
  type Member,
  type ObjectPattern,
  readFilter,
} from "../../contract/values/filter-pattern.ts";
import { type Test, testOf } from "./conditions.ts";

/** A message as filters see it; what it does not have is undefined. */
export type Subject = Readonly<Record<string, unknown>>;

/** What a filter says to one message. `costly` is one that is too much work for it, and does not match. */
export interface FilterResult {
  readonly verdict: "matches" | "differs" | "costly";
  /** The leaves of the filter that decided it, as the filter spells them. */
  readonly because: readonly string[];
}

export interface Filter {
  test(subject: Subject): FilterResult["verdict"];
  /** The same, with its reasons. */
  explain(subject: Subject): FilterResult;
}

interface Leaf {
  readonly path: string;
  readonly names: readonly string[];
  readonly tests: readonly Test[];
  /** Whether one of the conditions is that there is no such field. */
  readonly mayBeAbsent: boolean;
}

type Node =
  | { readonly kind: "leaf"; readonly name: string; readonly leaf: Leaf }
  | { readonly kind: "object"; readonly name: string; readonly nodes: readonly Node[] }
  | { readonly kind: "or"; readonly ways: readonly (readonly Node[])[] };

/** One look at one message. */
interface Look {
  readonly subject: Subject;
  /** Whether there is no field of those names anywhere: found out once. */
  readonly absent: Map<Leaf, boolean>;
  stepsLeft: number;
}

/** Some tens of milliseconds. A long list of values, a hundred thousand conditions: a tenant's filter must not hold up the others. */
const maxSteps = 1_000_000;

class TooCostly extends Error {}

/** Compiles what was parsed from JSON; undefined where it is no filter. */
export function compileFilter(json: unknown): Filter | undefined {
  const { pattern } = readFilter(json);
  if (!pattern) return undefined;
  const nodes = nodesOf(pattern);
  return {
    test: (subject) => verdictOf(() => matchesAll(nodes, subject, look(subject))),
    explain(subject) {
      const reasons: string[] = [];
      const verdict = verdictOf(() => {
        const differing = differences(nodes, subject, look(subject));
        reasons.push(...(differing ?? deciding(nodes, subject, look(subject))));
        return differing === undefined;
      });
      return { verdict, because: verdict === "costly" ? [] : [...new Set(reasons)] };
    },
  };
}

function nodesOf({ members }: ObjectPattern): Node[] {
  return members.map((member) => nodeOf(member));
}

function nodeOf(member: Member): Node {
  const { kind } = member;
  if (kind === "leaf") return { kind, name: member.name, leaf: leafOf(member.leaf) };
  if (kind === "or") return { kind, ways: member.ways.map(nodesOf) };
  return { kind, name: member.name, nodes: nodesOf(member.object) };
}

function leafOf({ path, names, conditions }: LeafPattern): Leaf {
  const isAbsence = (condition: LeafPattern["conditions"][number]) =>
    condition.kind === "exists" && !condition.isWanted;
  const tests = conditions.filter((condition) => !isAbsence(condition)).map(testOf);
  return { path, names, tests, mayBeAbsent: conditions.some(isAbsence) };
}

function look(subject: Subject): Look {
  return { subject, absent: new Map(), stepsLeft: maxSteps };
}

function verdictOf(matches: () => boolean): FilterResult["verdict"] {
  try {
    return matches() ? "matches" : "differs";
  } catch (error) {
    if (error instanceof TooCostly) return "costly";
    throw error;
  }
}

function spend(look: Look, steps: number): void {
  look.stepsLeft -= steps;
  if (look.stepsLeft < 0) throw new TooCostly();
}

/** One element of a list must match everything by itself, as EventBridge has it. */
function matchesAll(nodes: readonly Node[], value: unknown, look: Look): boolean {
  for (const object of objectsOf(value)) {
    spend(look, nodes.length);
    if (nodes.every((node) => matches(node, object, look))) return true;
  }
  return false;
}

function matches(node: Node, object: unknown, look: Look): boolean {
  if (node.kind === "or")
    return node.ways.some((way) => way.every((member) => matches(member, object, look)));
  const value = memberOf(object, node.name);
  return node.kind === "leaf" ? holds(node.leaf, value, look) : matchesAll(node.nodes, value, look);
}

/** One of the field's values must meet one of the conditions. */
function holds(leaf: Leaf, value: unknown, look: Look): boolean {
  for (const found of scalarsOf(value)) {
    for (const test of leaf.tests) {
      spend(look, test.cost(found));
      if (test.holds(found)) return true;
    }
  }
  return leaf.mayBeAbsent && isAbsent(leaf, look);
}

/** Whether no field of the message has those names, in any element of any list. */
function isAbsent(leaf: Leaf, look: Look): boolean {
  const known = look.absent.get(leaf);
  if (known !== undefined) return known;
  let values: unknown[] = [look.subject];
  for (const name of leaf.names) {
    const next = values.flatMap((value) => [...objectsOf(value)].map((one) => memberOf(one, name)));
    spend(look, values.length + next.length);
    values = next.filter((value) => value !== undefined);
  }
  const isAbsent = values.every((value) => scalarsOf(value).next().done);
  look.absent.set(leaf, isAbsent);
  return isAbsent;
}

/** The leaves for which the filter does not match, in the element that comes closest; undefined where it does. */
function differences(nodes: readonly Node[], value: unknown, look: Look): string[] | undefined {
  let fewest: string[] | undefined;
  for (const object of objectsOf(value)) {
    const differing = nodes.flatMap((node) => differencesOf(node, object, look));
    if (differing.length === 0) return undefined;
    if (!fewest || differing.length < fewest.length) fewest = differing;
  }
  return fewest;
}

function differencesOf(node: Node, object: unknown, look: Look): string[] {
  if (node.kind === "or") {
    const ways = node.ways.map((way) => way.flatMap((one) => differencesOf(one, object, look)));
    return ways.some((way) => way.length === 0) ? [] : ways.flat();
  }
  const value = memberOf(object, node.name);
  if (node.kind === "object") return differences(node.nodes, value, look) ?? [];
  return holds(node.leaf, value, look) ? [] : [node.leaf.path];
}

/** The leaves by which it matches: of alternatives, those of the first that does. */
function deciding(nodes: readonly Node[], value: unknown, look: Look): string[] {
  for (const object of objectsOf(value)) {
    if (!nodes.every((node) => matches(node, object, look))) continue;
    return nodes.flatMap((node) => {
      if (node.kind === "leaf") return [node.leaf.path];
      if (node.kind === "object") return deciding(node.nodes, memberOf(object, node.name), look);
      const way = node.ways.find((one) => one.every((member) => matches(member, object, look)));
      return deciding(way ?? [], object, look);
    });
  }
  return [];
}

/** A field of what may be anything; JSON holds nothing that is undefined. */
function memberOf(object: unknown, name: string): unknown {
  const isThere = typeof object === "object" && object !== null && Object.hasOwn(object, name);
  return isThere ? Object(object)[name] : undefined;
}

/** What may hold the fields: the elements of a list, or else the value. Of a list, nothing may hold them as well. */
function* objectsOf(value: unknown): Generator<unknown> {
  if (!Array.isArray(value)) return yield value;
  for (const element of elementsOf(value)) {
    if (typeof element === "object" && element !== null) yield element;
  }
  yield undefined;
}

/** What conditions look at: the value, or the elements of a list that are no objects. */
function* scalarsOf(value: unknown): Generator<Scalar> {
  if (isScalar(value)) return yield value;
  if (!Array.isArray(value)) return;
  for (const element of elementsOf(value)) {
    if (isScalar(element)) yield element;
  }
}

/** The elements of lists within lists; however deep they are, nothing here calls itself. */
function* elementsOf(list: readonly unknown[]): Generator<unknown> {
  const stack = [list.values()];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { value, done } = top.next();
    if (done) stack.pop();
    else if (Array.isArray(value)) stack.push(value.values());
    else yield value;
  }
}

function isScalar(value: unknown): value is Scalar {
  return value === null || (typeof value !== "object" && value !== undefined);
}
