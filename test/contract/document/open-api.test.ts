import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { openService } from "../service.ts";
import { operationNames, operations } from "./operations.ts";

const { url, client, document } = await openService();
const { api } = document;
const described = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

test("serves its own description bare and to anyone", async () => {
  const answer = await client(undefined).call("getOpenApi");
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ openapi: "3.1.0", info: { title: "Hookcast" } });
});

test("describes exactly the operations of the contract, with method, path and permission", () => {
  const found = described.map(({ operationId, method, path, description, security }) => {
    const permission = security ? null : permissionIn(description);
    return [operationId, [method.toUpperCase(), path, permission]];
  });
  const expected = Object.values(operations).map(({ id, method, path, permission }) => {
    return [id, [method, path, permission]];
  });
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});

function permissionIn(description: string): string | undefined {
  if (description.includes("Only for portal sessions")) return "session";
  return /permission `(\w+)`/.exec(description)?.[1];
}

test("passes the recommended lint rules, strictly", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const source = await (await fetch(`${url}/api/v1/openapi.json`)).text();
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});

test("offers a type or null, and never a choice of types, for which clients in Go have no word", async () => {
  const source = await (await fetch(`${url}/api/v1/openapi.json`)).text();
  const choices: unknown[] = [];
  JSON.parse(source, (name, value) => {
    if (name !== "type" || !Array.isArray(value)) return value;
    if (value.filter((type) => type !== "null").length > 1) choices.push(value);
    return value;
  });
  expect(choices).toEqual([]);
});

test.each(operationNames)("%s says what it does, what it takes and what may go wrong", (name) => {
  const operation = described.find(({ operationId }) => operationId === name);
  expect(operation?.description.length).toBeGreaterThan(40);
  for (const { description } of operation?.parameters ?? [])
    expect(description).toMatch(/^\S.+\S$/);

  const statuses = Object.keys(operation?.responses ?? {});
  expect(statuses).toEqual(expect.arrayContaining(["429", "500", "503", "default"]));
  if (operations[name].permission === null) return;
  expect(statuses).toEqual(expect.arrayContaining(["400", "401", "403", "413"]));
});

test.each(operationNames.filter((name) => operations[name].example))(
  "%s shows an example",
  (name) => {
    const found = described.find(({ operationId }) => operationId === name);
    const isBare = "bare" in operations[name];
    const beginning = isBare ? '"example":{' : '"example":{"status":"success"';
    expect(JSON.stringify(found?.responses)).toContain(beginning);
  },
);

test("puts every operation under a tag that has a description", () => {
  const tags = api.tags.map(({ name }) => name);
  for (const { tags: used } of described) expect(tags).toEqual(expect.arrayContaining(used));
  expect(api.tags.every(({ description }) => description.length > 20)).toBe(true);
});

test.each([
  ["putWebhook", /[Ss]tore the secretString safely/],
  ["listWebhooks", /as often as needed.*caching the list/],
  ["deleteWebhook", /no longer active.*ignored/],
  ["getWebhookSecret", /essential for validating.*securely/],
  ["getWebhookDetails", /unique identifier.*listWebhooks/s],
  ["updateWebhookDetails", /must be in the body.*read the details before/],
])("passes on to callers of %s what its source notes", (name, note) => {
  expect(described.find(({ operationId }) => operationId === name)?.description).toMatch(note);
});

test("shows names with their limits", () => {
  const list = described.find(({ operationId }) => operationId === "listWebhooks");
  const name = list?.parameters.find((parameter) => parameter.name === "cacheName");
  expect(name?.schema).toMatchObject({ minLength: 1, maxLength: 128, pattern: expect.any(String) });
});
