import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apiDescription, type Operation } from "../../../ops/api-docs/description.ts";
import { endpointsModule } from "../../../ops/api-docs/endpoints.ts";
import { exampleInJson } from "../../../ops/api-docs/example.ts";
import { llmsText } from "../../../ops/api-docs/llms.ts";
import { withOperations } from "../../../ops/api-docs/readme.ts";
import { apiReference } from "../../../ops/api-docs/reference.ts";
import { typeInWords } from "../../../ops/api-docs/type.ts";
import { routes } from "../../../shared/contract/routes.ts";
import { root } from "../../support/process/program.ts";

const api = apiDescription();
const page = readFileSync(join(root, "docs/api.md"), "utf8");

test("the reference is what npm run docs:api writes", () => {
  expect(page).toBe(apiReference(api));
});

test("the list of documents for agents is what npm run docs:api writes", () => {
  const llms = readFileSync(join(root, "docs/llms.txt"), "utf8");
  expect(llms).toBe(llmsText(readFileSync(join(root, "README.md"), "utf8")));
  const links = [...llms.matchAll(/\]\(([^)#]+)/g)].map(([, path = ""]) => path);
  expect(links.length).toBeGreaterThan(30);
  expect(links.filter((path) => !existsSync(join(root, "docs", path)))).toEqual([]);
});

test("the endpoints of clients and the README's table are what npm run docs:api writes", () => {
  const endpoints = readFileSync(join(root, "shared/contract/endpoints.ts"), "utf8");
  expect(endpoints).toBe(endpointsModule());
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme).toBe(withOperations(readme));
});

test.for(Object.entries(routes))(
  "the section of %s names its route, permission and refusals",
  ([id, route]) => {
    const [, section = ""] = page.split(`\n### ${id}\n`);
    const [own = ""] = section.split(/^##/m);
    expect(own).toContain(`\`${route.method} ${route.path}\``);
    const { permission } = route;
    const isOfKeys = permission !== null && permission !== "session";
    expect(own.includes("The key needs the permission")).toBe(isOfKeys);
    if (isOfKeys) expect(own).toContain(`the permission \`${permission}\``);
    expect(own.includes("Only for portal sessions")).toBe(permission === "session");
    for (const status of route.refusals) expect(own).toMatch(new RegExp(`Refused.* ${status}`));
  },
);

test("every parameter and every example of the OpenAPI document stands in the reference", () => {
  const operations: Operation[] = Object.values(api.paths).flatMap((path) => Object.values(path));
  for (const { operationId, parameters, requestBody } of operations) {
    const [, section = ""] = page.split(`\n### ${operationId}\n`);
    for (const { name } of parameters) expect(section).toContain(`\n| \`${name}\` |`);
    const example = requestBody?.description
      ? undefined
      : requestBody?.content["application/json"]?.example;
    if (example !== undefined) expect(section).toContain(`\n${exampleInJson(example)}\n`);
  }
});

test.for([
  [{ type: "string", minLength: 1, maxLength: 128 }, "string, 1 to 128 characters"],
  [{ type: "string", format: "date-time" }, "time"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: 9 }, "integer, at most 9"],
  [{ type: "integer", maximum: Number.MAX_SAFE_INTEGER }, "integer"],
  [{ enum: ["one", "two", "three"] }, "`one`, `two` or `three`"],
  [
    { anyOf: [{ $ref: "#/components/schemas/Event" }, { type: "null" }] },
    "[Event](#event) or null",
  ],
  [{ type: "array", items: { properties: {} }, maxItems: 50 }, "list of objects, at most 50"],
  [{}, "any JSON"],
] as const)("the type %j reads %s", ([schema, words]) => {
  expect(typeInWords(structuredClone(schema) as object)).toBe(words); // as const made its lists readonly
});

test("an example breaks lines only where it must, and says the same", () => {
  const example = { short: [1, 2], long: { text: "x".repeat(90), none: {}, other: null } };
  const text = exampleInJson(example);
  expect(JSON.parse(text)).toEqual(example);
  expect(text).toContain('  "short": [1, 2],\n');
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThan(110);
});
