import { type Answer, type ApiDescription, type Operation, referredName } from "./description.ts";
import { exampleInJson } from "./example.ts";
import { fieldTable } from "./fields.ts";
import { table } from "./table.ts";
import { typeInWords } from "./type.ts";

type Components = ApiDescription["components"];

/** The headers that only some answers carry, by the names under which the document describes them. */
const headerNames: Record<string, string> = { etag: "EntityTag", "cache-control": "NoStore" };
const json = "application/json";

/** The section of one operation. */
export function operationSection(
  method: string,
  path: string,
  operation: Operation,
  components: Components,
): string {
  const parts = [
    `### ${operation.operationId}`,
    `\`${method.toUpperCase()} ${path}\``,
    `**${operation.summary}.** ${operation.description}`,
    parameterTable(operation),
    ...bodyParts(operation, components),
    ...answerParts(operation, components),
    refusals(operation),
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

function parameterTable({ parameters }: Operation): string | undefined {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(({ name, in: place, required, schema, description = "" }) => [
    `\`${name}\``,
    place,
    `${typeInWords(schema)}${required ? "" : ", optional"}`,
    description,
  ]);
  return table(["parameter", "in", "type", "what it means"], rows);
}

function bodyParts({ requestBody }: Operation, { schemas }: Components): (string | undefined)[] {
  if (!requestBody) return [];
  const { required, description, content } = requestBody;
  if (description)
    return [`The body is ${description.charAt(0).toLowerCase()}${description.slice(1)}`];
  const { schema = {}, example } = content[json] ?? {};
  const title = required ? "The body:" : "The body, which may be left out:";
  return [title, fieldTable(schema, schemas), exampleBlock(example)];
}

/** The good answers of one operation differ in their status alone. */
function answerParts({ responses }: Operation, components: Components): (string | undefined)[] {
  const answers = Object.entries(responses).flatMap(([status, answer]) =>
    "$ref" in answer ? [] : [{ status, answer }],
  );
  const { schema: named, example } = answers[0]?.answer.content?.[json] ?? {};
  const schema = components.schemas[referredName(named?.$ref ?? "")];
  const response = schema?.properties?.response;
  const isObject = response?.$ref ? ` \`response\` is a ${typeInWords(response)}.` : "";
  return [
    `Answers ${answers.map(statusInWords).join("; ")}.${isObject}`,
    headerList(answers[0]?.answer, components),
    fieldTable(response ?? {}, components.schemas),
    exampleBlock(example),
  ];
}

function statusInWords({ status, answer }: { status: string; answer: Answer }): string {
  const { description } = answer;
  return `**${status}** ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
}

function headerList(answer: Answer | undefined, { headers }: Components): string | undefined {
  const lines = Object.keys(answer?.headers ?? {}).flatMap((name) => {
    const description = headers[headerNames[name] ?? ""]?.description;
    return description ? [`- \`${name}\`: ${description}`] : [];
  });
  return lines.length === 0 ? undefined : lines.join("\n");
}

function refusals({ responses }: Operation): string {
  const statuses = Object.entries(responses).flatMap(([status, answer]) =>
    "$ref" in answer && status !== "default" ? [status] : [],
  );
  return `[Refused](#refusals) with ${statuses.join(", ")}.`;
}

function exampleBlock(example: unknown): string | undefined {
  return example === undefined ? undefined : `\`\`\`json\n${exampleInJson(example)}\n\`\`\``;
}
