import { pascalCase } from "../names.ts";

/** Go writes these in capitals. */
const initialisms = /(Id|Url|Http|Api|Json|Uri)(?=[A-Z0-9]|s?$)/g;

/** `webhookId` → `WebhookID`, `2xx` → `Status2xx`. */
export function goName(name: string): string {
  const pascal = pascalCase(/^\d/.test(name) ? `status-${name}` : name);
  return pascal.replace(initialisms, (part) => part.toUpperCase());
}

/** The end of a constant's name: `INVALID_ARGUMENT_ERROR` → `InvalidArgumentError`. */
export function constantName(value: string): string {
  return goName(/^[A-Z_]+$/.test(value) ? value.toLowerCase() : value);
}
