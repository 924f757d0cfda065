import { expect, test } from "vitest";
import { freshParams, goodRequest } from "../document/good-requests.ts";
import { operationNames, operations, parametersOf, pathOf } from "../document/operations.ts";
import { openService } from "../service.ts";
import { refusalOf } from "./refusal.ts";

const { root } = await openService();

/** Every parameter of every path. */
const inPath = operationNames.flatMap((operation) =>
  parametersOf(operation).map((name) => [operation, name] as const),
);

test.each(inPath)(
  "%s refuses a malformed %s, whatever is wrong with it",
  async (operation, name) => {
    const params = await freshParams(root);
    for (const value of [
      " ",
      "a%b",
      "a\0b",
      "a?b",
      "a#b",
      "x".repeat(5_000),
      "\u{1f600}".repeat(129),
    ]) {
      const sent = goodRequest(operation, params);
      const answer = await root.call(operation, { ...params, [name]: value }, sent);
      expect(refusalOf(answer).paths, value.slice(0, 20)).toContain(name);
      expect(answer.status).toBe(400);
    }
  },
);

test.each(inPath)(
  "%s with a %s that the gateway cannot read or carry never reaches a function",
  async (operation, name) => {
    const params = await freshParams(root);
    const { method } = operations[operation];
    const around = pathOf(operation, { ...params, [name]: "HERE" });
    const statuses = [];
    for (const value of ["%", "%zz", "%C3%28", "%ff", "x".repeat(100_000)]) {
      const answer = await root.send({ method, target: around.replace("HERE", value) });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 431]);
  },
);
