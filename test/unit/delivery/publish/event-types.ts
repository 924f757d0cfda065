import { openWarningLog, type TypeRules } from "../../../../shared/delivery/publish/type-check.ts";
import { openSchema, type Schema } from "../../../../shared/domain/event-types/schema-parts.ts";
import type { PublishedType } from "../../../../shared/store/event-types/published-types.ts";

/** A catalogue that has these types, by their events. */
export function rulesWith(
  types: Record<string, PublishedType>,
  unknownEvents: TypeRules["unknownEvents"] = "accept",
): TypeRules {
  return {
    unknownEvents,
    warnings: openWarningLog(),
    types: {
      find: async (_, events) =>
        new Map(
          events.flatMap((event) => {
            const type = types[event];
            return type ? [[event, type] as const] : [];
          }),
        ),
    },
  };
}

export function typeWith(schema: Schema, mode: "warn" | "enforce"): PublishedType {
  return { check: { mode, schema: openSchema(schema) } };
}
