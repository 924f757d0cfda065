import { expect, test } from "vitest";
import { documentOf } from "../../../console/state/event-types/breaking-before.ts";
import { readOpenApi } from "../../../shared/domain/event-types/openapi-import.ts";

const examples = [{ id: "in_1" }, 7];

test.each([
  ["plain", { type: "object", properties: { id: { type: "string" } } }],
  ["referring to itself", { $defs: { id: { type: "string" } }, items: { $ref: "#/$defs/id" } }],
  ["recursive", { type: "array", items: { $ref: "#" } }],
  ["without one", null],
])("an import reads the type as the form has it: %s", (_, schema) => {
  const name = { topicName: "shop", event: 101 };
  expect(readOpenApi(documentOf(name, schema, examples), "default")).toMatchObject({
    problems: [],
    types: [{ name, body: { schema, examples } }],
  });
});
