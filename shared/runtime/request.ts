import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";
import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import type { Route } from "../contract/route.ts";
import { CacheName, TopicName } from "../contract/values/names.ts";
import { AppError } from "../domain/app-error.ts";
import {
  assertNotEncoded,
  assertReadableCharset,
  readPayload,
  unknownContent,
} from "../domain/messages/payload.ts";
import { admit } from "./admission.ts";
import { type Caller, readCaller } from "./caller.ts";
import { describeIssues } from "./issues.ts";

export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<unknown>;

type Parsed<Schema> = Schema extends z.core.$ZodType ? z.output<Schema> : undefined;
type Field<R extends Route, Name extends "query" | "headers"> =
  R extends Record<Name, infer Schema> ? Parsed<Schema> : undefined;
type Body<R extends Route> = R extends { body: infer Schema }
  ? Schema extends "bytes"
    ? Buffer
    : Parsed<Schema>
  : undefined;

/** A parsed request, typed by its route. */
export interface Input<R extends Route> {
  readonly params: z.output<R["params"]>;
  readonly query: Field<R, "query">;
  readonly headers: Field<R, "headers">;
  readonly body: Body<R>;
  /** The body as text, for values that must keep their own spelling. */
  readonly text: string;
  readonly caller: Caller;
}

/** What a check may know of the request around its body. */
interface Around {
  readonly caller: Caller;
  readonly pathParameters: Record<string, unknown>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The names that the request came by. */
  readonly hosts: readonly string[];
}

/**
 * Further checks that need more than a schema: two parts at once, the settings, the time. They come with what is bad
 * besides. The JSON is the body as sent; there is none where it cannot be read or none is taken.
 */
export type RequestCheck = (json: unknown, around: Around) => ErrorDetail[];

/**
 * Parses every part of the request and checks the key's scope. The scope comes before the complaints, so
 * that a key learns nothing about what lies outside it.
 */
export function readRequest<R extends Route>(
  route: R,
  event: HttpEvent,
  check: RequestCheck = () => [],
): Input<R> {
  const details: ErrorDetail[] = [];
  const parse = (schema: z.core.$ZodType | undefined, value: unknown) => {
    if (!schema) return undefined;
    const parsed = z.safeParse(schema, value, { reportInput: true });
    if (parsed.success) return parsed.data;
    details.push(...describeIssues(parsed.error.issues));
    return undefined;
  };

  const pathParameters = event.pathParameters ?? {};
  const params = parse(route.params, pathParameters);
  const context = authorizerContext(event);
  // Without the gateway's authorizer there is no way to an operation that needs a key.
  const isPublic = route.permission === null || (route.mayBePublic && context === undefined);
  const caller = isPublic ? nobody : readCaller(context);
  const { cacheName, topicName } = pathParameters;
  const named = {
    cacheName: asName(CacheName, cacheName),
    topicName: asName(TopicName, topicName),
  };
  if (!isPublic) admit(route, caller, named, Date.now());

  const query = parse(route.query, event.queryStringParameters ?? {});
  const headers = parse(route.headers, event.headers);
  const around = {
    caller,
    pathParameters,
    query: event.queryStringParameters ?? {},
    hosts: hostsOf(event),
  };
  details.push(...check(undefined, around));
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  const isValue = route.body === "bytes";
  let body: unknown = isValue ? bytes : undefined;
  let text = "";
  if (route.body !== undefined) assertReadable(event.headers, isValue, details);
  // A value is read by whoever publishes it, and here only to complain of everything at once.
  if (isValue && details.length > 0) details.push(...problemsOfValue(event, bytes));
  if (route.body !== undefined && route.body !== "bytes") {
    const read = readJson(bytes, route);
    if ("problem" in read) details.push(read.problem);
    else {
      text = read.text;
      body = parse(route.body, read.json);
      details.push(...check(read.json, around));
    }
  }
  if (details.length > 0) throw invalid(firstOfEachPath(details));
  // Each part was parsed by the route's own schema, which is what Input's types are made of.
  return { params, query, headers, body, text, caller } as Input<R>;
}

/** A schema and a check may complain of the same field. */
function firstOfEachPath(details: readonly ErrorDetail[]): ErrorDetail[] {
  return details.filter(({ path }, at) => details.findIndex((one) => one.path === path) === at);
}

/** What cannot be read at all is refused for that, with what is known to be bad besides. */
function assertReadable(
  headers: HttpEvent["headers"],
  isValue: boolean,
  known: readonly ErrorDetail[],
): void {
  try {
    assertNotEncoded(headers["content-encoding"]);
    if (!isValue) assertReadableCharset(headers["content-type"]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw unknownContent(error.message, [...known, ...(error.details ?? [])], error.headers);
  }
}

function problemsOfValue({ headers, queryStringParameters }: HttpEvent, bytes: Buffer) {
  try {
    readPayload(headers["content-type"], bytes, { isRaw: queryStringParameters?.raw === "true" });
    return [];
  } catch (error) {
    if (error instanceof AppError) return error.details ?? [];
    throw error;
  }
}

function hostsOf({ requestContext, headers }: HttpEvent): string[] {
  return [requestContext.domainName, headers.host ?? ""].filter(Boolean);
}

const nobody: Caller = { keyId: "", caches: [], permissions: [] };

function authorizerContext(event: HttpEvent): unknown {
  const { authorizer } = event.requestContext;
  return authorizer && "lambda" in authorizer ? authorizer.lambda : undefined;
}

/** What the path names, where it is a name at all: a malformed one is the parser's complaint. */
function asName(schema: typeof CacheName, text: unknown): string | undefined {
  const parsed = z.safeParse(schema, text);
  return parsed.success ? parsed.data : undefined;
}

type JsonBody = { text: string; json: unknown } | { problem: ErrorDetail };

/** Several times what any operation takes that says nothing of its size; megabytes would only cost time. */
const maxJsonBytes = 262_144;

/** No body at all is left to the schema, which knows whether one is needed. A long one is not even parsed. */
function readJson(bytes: Buffer, { maxBodyBytes, bodyInDocs }: Route): JsonBody {
  if (maxBodyBytes !== undefined && bytes.length > maxBodyBytes) {
    throw new AppError("PAYLOAD_TOO_LARGE_ERROR", `the body has at most ${maxBodyBytes} bytes`);
  }
  if (maxBodyBytes === undefined && bytes.length > maxJsonBytes) {
    return { problem: { path: "body", message: `must have at most ${maxJsonBytes} bytes` } };
  }
  const text = textOf(bytes);
  if (text === undefined) return { problem: { path: "body", message: "must be UTF-8" } };
  if (text === "") return { text, json: undefined };
  try {
    // zod steps over a `__proto__` key, so an unknown field by that name would go unnoticed.
    let holdsPrototype = false;
    const notePrototype = (key: string, value: unknown) => {
      holdsPrototype ||= key === "__proto__";
      return value;
    };
    // A body whose parts are parsed later holds values that may use any key, at any depth.
    const json: unknown = JSON.parse(text, bodyInDocs ? undefined : notePrototype);
    if (!holdsPrototype) return { text, json };
    return { problem: { path: "__proto__", message: "is not a known field" } };
  } catch {
    return { problem: { path: "body", message: "must be JSON" } };
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function textOf(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function invalid(details: ErrorDetail[]): AppError {
  const [first] = details;
  const message = first ? sentence(first) : "the request is not valid";
  return new AppError("INVALID_ARGUMENT_ERROR", message, { details });
}

/** Messages of names are whole sentences; the others read on from the field's name. */
function sentence({ path, message }: ErrorDetail): string {
  return /^(is|must|differs)\b/.test(message) ? `${path} ${message}`.trim() : message;
}
