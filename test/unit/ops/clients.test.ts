import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collectDeclarations } from "../../../ops/clients/declarations.ts";
import { generatedClients } from "../../../ops/clients/generated.ts";
import { routes } from "../../../shared/contract/routes.ts";
import { root } from "../../support/process/program.ts";
import { readScenarios } from "../../system/clients/scenario.ts";

test.each([...generatedClients()])("%s is what npm run clients writes", (path, text) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});

test("the conformance file calls every operation", () => {
  const called = readScenarios()
    .filter(({ replies }) => !replies)
    .flatMap(({ steps }) => steps.flatMap((step) => ("call" in step ? [step.call] : [])));
  expect([...new Set(called)].sort()).toEqual(Object.keys(routes).sort());
});

test("a type that holds itself is declared once", () => {
  const node = { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } };
  const declarations = collectDeclarations({ Node: node });
  expect(declarations.named("Node")).toEqual({ kind: "named", name: "Node" });
  expect(declarations.all()).toMatchObject([
    { name: "Node", fields: [{ name: "next", type: { kind: "named", name: "Node" } }] },
  ]);
});

test("alternatives are called by what tells them apart", () => {
  const member = (kind: string) => ({ type: "object", properties: { kind: { const: kind } } });
  const declarations = collectDeclarations({
    Auth: { oneOf: [member("basic"), member("bearer")] },
  });
  declarations.named("Auth");
  expect(declarations.all().map(({ name }) => name)).toEqual(["AuthBasic", "AuthBearer", "Auth"]);
});

test("what has the same fields has one name", () => {
  const point = { type: "object", properties: { x: { type: "integer" } }, required: ["x"] };
  const line = { type: "object", properties: { start: point, end: point } };
  const declarations = collectDeclarations({ Line: line });
  declarations.named("Line");
  expect(declarations.all().map(({ name }) => name)).toEqual(["LineStart", "Line"]);
});
