import type { EventRule, EventTarget } from "../template/event-rules.ts";
import { eventJson, parsePath, valueAt } from "./event-json.ts";

/** An event as rules and targets see it. */
export type Event = Readonly<Record<string, unknown>>;

/** What a target gets of an event. */
export type InputOf = (event: Event) => string;

type Variable = (event: Event) => unknown;

/** Compiles what a target gets; throws where its template names a variable that nobody has defined. */
export function compileInput(
  { input, inputPath, transformer }: EventTarget,
  rule: Pick<EventRule, "logicalId" | "name" | "arn">,
): InputOf {
  if (input !== undefined) return () => input;
  if (inputPath !== undefined) {
    const path = parsePath(inputPath);
    return (event) => eventJson(valueAt(event, path)) ?? "";
  }
  if (!transformer) return eventJson;

  const variables = new Map<string, Variable>(predefined(rule));
  for (const [name, path] of Object.entries(transformer.paths)) {
    const parsed = parsePath(path);
    variables.set(name, (event) => valueAt(event, parsed));
  }
  const parts = partsOf(transformer.template).map((part): InputOf => {
    if (typeof part === "string") return () => part;
    const variable = variables.get(part.name);
    if (!variable) throw new Error(`${rule.logicalId}: <${part.name}> is no variable`);
    return (event) => inserted(variable(event), part.isInText);
  });
  return (event) => parts.map((part) => part(event)).join("");
}

function predefined({ name, arn }: Pick<EventRule, "name" | "arn">): [string, Variable][] {
  return [
    ["aws.events.rule-arn", () => arn],
    ["aws.events.rule-name", () => name],
    ["aws.events.event.ingestion-time", () => new Date().toISOString()],
    ["aws.events.event.json", (event) => event],
    ["aws.events.event", ({ detail: _, ...event }) => event],
  ];
}

interface Placeholder {
  name: string;
  /** Whether it stands within quotation marks. */
  isInText: boolean;
}

/** A template's own text, and the variables between. */
function partsOf(template: string): (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = [];
  let isInText = false;
  for (const [token] of template.matchAll(/<[\w.-]+>|\\.|[\s\S]/g)) {
    if (token.length > 2 && token.startsWith("<")) {
      parts.push({ name: token.slice(1, -1), isInText });
      continue;
    }
    if (token === '"') isInText = !isInText;
    parts.push(token);
  }
  return parts;
}

/** Of a path that an event lacks nothing is left, as in EventBridge: then the result is often no JSON any more. */
function inserted(value: unknown, isInText: boolean): string {
  if (value === undefined) return "";
  const json = eventJson(value);
  if (!isInText) return json;
  return typeof value === "string" ? json.slice(1, -1) : JSON.stringify(json).slice(1, -1);
}
