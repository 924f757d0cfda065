import { expect, test } from "vitest";
import { HookcastError } from "../../../client/errors.ts";
import type { DescribedEvent } from "../../../console/state/event-types/catalogue.ts";
import { FormError, fieldProblems } from "../../../console/state/event-types/field-problems.ts";
import { countChanges } from "../../../console/state/event-types/import-document.ts";
import {
  changesOf,
  jsonText,
  typeFieldNames,
  typeFields,
} from "../../../console/state/event-types/type-form.ts";

const form = (filled: Record<string, string>) => (name: string) => filled[name] ?? "";

const known: DescribedEvent = {
  topicName: "paid",
  event: "invoice.paid",
  description: "It is paid.",
  group: null,
  status: "active",
  validate: "warn",
  audience: ["beta"],
  schema: { type: "object" },
  examples: [{ id: 1 }],
  schemaVersion: 2,
  versions: [],
  createdTime: "2026-01-01T00:00:00Z",
  lastModifiedTime: "2026-01-01T00:00:00Z",
};

const written = {
  ...{ description: "It is paid.", group: "", status: "active", validate: "warn" },
  ...{ audience: "beta", schema: jsonText(known.schema), examples: jsonText(known.examples) },
};

test("reads what is filled in, and takes empty fields for nothing", () => {
  const filled = { description: " It is paid. ", audience: "beta, gold\n", schema: "true" };
  expect(typeFields(form({ ...filled, status: "archived", validate: "enforce" }))).toEqual({
    ...{ description: "It is paid.", group: null, status: "archived", validate: "enforce" },
    ...{ audience: ["beta", "gold"], schema: true, examples: [] },
  });
});

test("names every field that is no JSON, and examples that are no list", () => {
  const detailsOf = (filled: Record<string, string>) => {
    try {
      typeFields(form(filled));
    } catch (error) {
      return error instanceof FormError ? error.details : error;
    }
    return [];
  };
  const told = detailsOf({ schema: '{ "type": }', examples: "[1" });
  expect(told).toEqual([
    { path: "schema", message: expect.stringMatching(/^is not JSON: .+/) },
    { path: "examples", message: expect.stringMatching(/^is not JSON: .+/) },
  ]);
  expect(detailsOf({ examples: '{ "id": 1 }' })).toEqual([
    { path: "examples", message: expect.stringContaining("must be a list") },
  ]);
});

test("sends only what differs from what was read", () => {
  expect(changesOf(known, typeFields(form(written)))).toEqual({});
  const changed = { ...written, group: "Billing", examples: "" };
  expect(changesOf(known, typeFields(form(changed)))).toEqual({ group: "Billing", examples: [] });
  const gone = typeFields(form({ ...written, schema: "", description: "" }));
  expect(changesOf(known, gone)).toEqual({ schema: null, description: null });
});

test("writes nothing where there is no schema and no example", () => {
  expect([jsonText(null), jsonText(undefined), jsonText([])]).toEqual(["", "", ""]);
  expect(jsonText(false)).toBe("false");
});

test("tells what is wrong at its field, and what belongs to none by itself", () => {
  const refusal = (...paths: string[]) =>
    new HookcastError({
      ...{ message: "no", status: 400, tries: 1 },
      ...{ code: "INVALID_ARGUMENT_ERROR", retryAfterMs: undefined, requestId: undefined },
      details: paths.map((path) => ({ path, message: "must be good" })),
    });
  const names = [...typeFieldNames, "topicName"] as const;
  const own = refusal("schema.properties.a.type", "schema", "examples.0.id", "topicName");
  expect(fieldProblems(own, names)).toEqual({
    at: {
      schema: ["schema.properties.a.type must be good", "Must be good"],
      examples: ["examples.0.id must be good"],
      topicName: ["Must be good"],
    },
    rest: undefined,
  });
  // A name that only begins like a field's is not that field.
  const mixed = refusal("group", "groups", "schemata.x");
  expect(fieldProblems(mixed, names)).toEqual({ at: { group: ["Must be good"] }, rest: mixed });
  const other = new Error("offline");
  expect(fieldProblems(other, names)).toEqual({ at: {}, rest: other });
  expect(fieldProblems(undefined, names)).toEqual({ at: {}, rest: undefined });
});

test("counts what an import does", () => {
  const changes = (["created", "updated", "unchanged", "created"] as const).map((change) => ({
    change,
  }));
  expect(countChanges(changes)).toBe("2 new, 1 changed, 1 unchanged");
  expect(countChanges([])).toBe("none");
});
