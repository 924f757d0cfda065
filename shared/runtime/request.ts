import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";
import * as z from "zod/mini";
import type { ErrorDetail } from "../contract/errors.ts";
import type { Route } from "../contract/routes.ts";
import { AppError } from "../domain/app-error.ts";
import { type Caller, enforceScope, readCaller } from "./caller.ts";
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
  readonly caller: Caller;
}

/** Further checks of a JSON body, as sent, that need more than its schema: the path, the settings. */
export type BodyCheck = (json: unknown, pathParameters: Record<string, unknown>) => ErrorDetail[];

/**
 * Parses every part of the request and checks the key's scope. The scope comes before the complaints, so
 * that a key learns nothing about what lies outside it.
 */
export function readRequest<R extends Route>(
  route: R,
  event: HttpEvent,
  check?: BodyCheck,
): Input<R> {
  const details: ErrorDetail[] = [];
  const parse = (schema: z.core.$ZodType | undefined, value: unknown) => {
    if (!schema) return undefined;
    const parsed = z.safeParse(schema, value, { reportInput: true });
    if (parsed.success) return parsed.data;
    details.push(...describeIssues(parsed.error.issues));
    return undefined;
  };

  const params = parse(route.params, event.pathParameters ?? {});
  const caller = route.permission === null ? nobody : readCaller(authorizerContext(event));
  if (route.permission !== null) enforceScope(caller, route.permission, cacheOf(params));

  const query = parse(route.query, event.queryStringParameters ?? {});
  const headers = parse(route.headers, event.headers);
  let body: unknown;
  if (route.body === "bytes") body = bytesOf(event);
  else if (route.body) {
    const json = readJson(event);
    body = parse(route.body, json);
    if (check) details.push(...check(json, event.pathParameters ?? {}));
  }
  if (details.length > 0) throw invalid(details);
  // Each part was parsed by the route's own schema, which is what Input's types are made of.
  return { params, query, headers, body, caller } as Input<R>;
}

const nobody: Caller = { keyId: "", caches: [], permissions: [] };

function authorizerContext(event: HttpEvent): unknown {
  const { authorizer } = event.requestContext;
  return authorizer && "lambda" in authorizer ? authorizer.lambda : undefined;
}

function cacheOf(params: unknown): string | undefined {
  const parsed = z.safeParse(z.object({ cacheName: z.string() }), params);
  return parsed.success ? parsed.data.cacheName : undefined;
}

function bytesOf(event: HttpEvent): Buffer {
  return Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
}

function readJson(event: HttpEvent): unknown {
  try {
    return JSON.parse(utf8.decode(bytesOf(event)), refusePrototypeKey);
  } catch (cause) {
    throw invalid([{ path: "body", message: "must be JSON" }], cause);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** zod steps over a `__proto__` key, so an unknown field by that name would go unnoticed. */
function refusePrototypeKey(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("__proto__ is not a known field");
  return value;
}

function invalid(details: ErrorDetail[], cause?: unknown): AppError {
  const [first] = details;
  const message = first ? sentence(first) : "the request is not valid";
  return new AppError("INVALID_ARGUMENT_ERROR", message, { details, cause });
}

/** Messages of names are whole sentences; the others read on from the field's name. */
function sentence({ path, message }: ErrorDetail): string {
  return /^(is|must|differs)\b/.test(message) ? `${path} ${message}`.trim() : message;
}
