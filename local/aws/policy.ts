import { type Condition, type Context, holds, wildcards } from "./condition.ts";

/** One statement of an IAM policy, as the template spells it, with its references resolved. */
export interface Statement {
  effect: "Allow" | "Deny";
  actions: string[];
  resources: string[];
  /** All of them must hold. */
  conditions?: Condition[];
}

/** What each principal may do, by its access key id. */
export type Policies = Record<string, Statement[]>;

interface Matcher {
  action: RegExp;
  resource: RegExp;
}

const matchers = new WeakMap<Statement, Matcher>();

/** IAM's rule: something must allow it and nothing may deny it. Action names ignore case, ARNs do not. */
export function isAllowed(
  statements: Statement[],
  action: string,
  resourceArn: string,
  context: Context = {},
): boolean {
  let allowed = false;
  for (const statement of statements) {
    const matcher = matcherOf(statement);
    if (!matcher.action.test(action) || !matcher.resource.test(resourceArn)) continue;
    if (statement.conditions?.some((condition) => !holds(condition, context))) continue;
    if (statement.effect === "Deny") return false;
    allowed = true;
  }
  return allowed;
}

// Every call of the local run passes here, so a statement is compiled once.
function matcherOf(statement: Statement): Matcher {
  const known = matchers.get(statement);
  if (known) return known;
  const matcher = {
    action: wildcards(statement.actions, "i"),
    resource: wildcards(statement.resources, ""),
  };
  matchers.set(statement, matcher);
  return matcher;
}
