import { requestedOperation } from "./answer-check.ts";
import type { Document } from "./document.ts";
import type { Answer, RawRequest } from "./exchange.ts";
import { escaped, type Found } from "./open-api.ts";

/** Throws where the service took a request that its document forbids: one of the two is wrong. */
export function checkTaken(document: Document, request: RawRequest, answer: Answer): void {
  const found = requestedOperation(document, request);
  // A batch is taken although entries of it are not.
  if (!found || /"results":.*"error"/s.test(answer.text)) return;
  const problems = [
    ...parameterProblems(document, found, request),
    ...bodyProblems(document, found, request),
  ];
  if (problems.length === 0) return;
  throw new Error(`${request.method} ${request.target} was taken, but ${problems.join("; ")}`);
}

function parameterProblems(document: Document, found: Found, request: RawRequest): string[] {
  const query = Object.fromEntries(new URL(request.target, "http://any").searchParams);
  const given = { path: found.params, query, header: request.headers ?? {} };
  return found.operation.parameters.flatMap(({ name, in: place, required, schema }, index) => {
    const text = given[place][name];
    if (text === undefined) return required ? [`${name} is missing`] : [];
    const validate = document.validator(`${found.pointer}/parameters/${index}/schema`);
    // A parameter travels as text, whatever its type: `limit=20` is the integer 20.
    const others = [Number(text), ...(text === "true" ? [true] : text === "false" ? [false] : [])];
    const lists = schema.type === "array" ? [text.split(",")] : others;
    const readings = [text, ...(schema.type === "string" ? [] : lists)];
    return readings.some((value) => validate(value)) ? [] : [`${name} is ${text}`];
  });
}

function bodyProblems(document: Document, found: Found, request: RawRequest): string[] {
  const { requestBody } = found.operation;
  if (!requestBody?.content) return [];
  if (request.body === undefined) return requestBody.required ? ["the body is missing"] : [];
  const type = request.headers?.["content-type"]?.split(";")[0] ?? "application/json";
  if (type !== "application/json" || !requestBody.content[type]) return [];
  const pointer = `${found.pointer}/requestBody/content/${escaped(type)}/schema`;
  const validate = document.validator(pointer);
  return validate(JSON.parse(String(request.body))) ? [] : [JSON.stringify(validate.errors)];
}
