import { expect, test } from "vitest";
import {
  type EventType,
  grouped,
  isChosen,
  matching,
} from "../../../console/state/event-types/catalogue.ts";

const type = (event: string | number, more: Partial<EventType> = {}): EventType => ({
  ...{ topicName: "shop", event, description: null, group: null, status: "active" },
  ...{ validate: "off", audience: [], schemaVersion: 0 },
  ...{ createdTime: "2026-01-01T00:00:00Z", lastModifiedTime: "2026-01-01T00:00:00Z" },
  ...more,
});

test("groups come by the alphabet, and what has none comes last", () => {
  const types = [type("c"), type("b", { group: "Orders" }), type("a", { group: "Billing" })];
  expect(grouped(types).map(([group]) => group)).toEqual(["Billing", "Orders", null]);
});

test("finds by name and description, by what else is named, and in any case of letters", () => {
  const types = [type("invoice.paid", { description: "All of it." }), type(101)];
  const found = (text: string, others?: (one: EventType) => string[]) =>
    matching(types, text, others).map(({ event }) => event);
  expect(found(" PAID ")).toEqual(["invoice.paid"]);
  expect(found("all of")).toEqual(["invoice.paid"]);
  expect(found("10")).toEqual([101]);
  expect(found("shop")).toEqual([]);
  expect(found("shop", ({ topicName }) => [topicName])).toEqual(["invoice.paid", 101]);
  expect(found("")).toHaveLength(2);
});

test("an archived type is shown to those who ask for it", () => {
  const shown = (["active", "deprecated", "archived"] as const).map((status) =>
    (["current", "active", "deprecated", "archived", "all"] as const).filter((choice) =>
      isChosen(status, choice),
    ),
  );
  expect(shown).toEqual([
    ["current", "active", "all"],
    ["current", "deprecated", "all"],
    ["archived", "all"],
  ]);
});
