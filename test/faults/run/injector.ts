import type { AwsAnswer, AwsCall, Forward, Intercept } from "./aws-proxy.ts";
import type { Fault } from "./faults.ts";

/** Which calls a fault strikes. */
export interface Target {
  /** The function's name in the architecture, such as `publish`. */
  by: string;
  action: string;
  /** A piece of the call's input, such as the name of a queue, a table or a webhook. */
  about?: string;
  /** How many matching calls go through unharmed first. */
  after?: number;
  /** How many are struck; all by default. */
  times?: number;
}

export interface Injection extends Disposable {
  /** Every call so far that was struck. */
  struck: AwsCall[];
  /** Those of them that have been answered: what the engine was to do has been done. */
  answered: AwsCall[];
}

export interface Injector {
  intercept: Intercept;
  /** Strikes the calls of the target with the fault until disposed of. */
  inject(target: Target, fault: Fault): Injection;
}

interface Rule extends Injection {
  target: Target;
  fault: Fault;
  seen: number;
}

export function createInjector(): Injector {
  const rules = new Set<Rule>();
  return {
    intercept(call, forward) {
      for (const rule of rules) {
        if (!strikes(rule, call)) continue;
        return strike(rule, call, forward);
      }
      return forward();
    },
    inject(target, fault) {
      const rule: Rule = {
        target,
        fault,
        seen: 0,
        struck: [],
        answered: [],
        [Symbol.dispose]: () => void rules.delete(rule),
      };
      rules.add(rule);
      return rule;
    },
  };
}

async function strike(rule: Rule, call: AwsCall, forward: Forward): Promise<AwsAnswer> {
  rule.struck.push(call);
  const answer = await rule.fault(call, forward);
  rule.answered.push(call);
  return answer;
}

function strikes(rule: Rule, call: AwsCall): boolean {
  const { by, action, about, after = 0, times = Number.POSITIVE_INFINITY } = rule.target;
  if (call.action !== action || !isCalled(call.caller, by)) return false;
  if (about !== undefined && !JSON.stringify(call.input).includes(about)) return false;
  rule.seen += 1;
  return rule.seen > after && rule.seen <= after + times;
}

/** Whether that is the logical id of the function: `ApiPublish` and eight digits for `publish`. */
export function isCalled(logicalId: string, functionName: string): boolean {
  const name = functionName.charAt(0).toUpperCase() + functionName.slice(1);
  return new RegExp(`^(Api|Workers)${name}[0-9A-F]{8}$`).test(logicalId);
}
