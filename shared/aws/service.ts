import { setTimeout as wait } from "node:timers/promises";
import { DeadConnectionError, type HttpAnswer, post } from "./connections.ts";
import {
  AwsError,
  type CallMetadata,
  DigestError,
  pauseMs,
  RetryQuota,
  requestIdOf,
  retryReasonOf,
} from "./errors.ts";
import {
  correctClock,
  currentAccess,
  endpointOf,
  signedHeaders,
  signingTimeMs,
} from "./signing.ts";

/** How a service that speaks JSON is spoken to. */
export interface ServiceDescription {
  /** In its endpoint and in the scope of signatures. */
  readonly name: string;
  /** Before the operation in `x-amz-target`. */
  readonly targetPrefix: string;
  readonly contentType: string;
  readonly maxAnswerBytes: number;
  /** What the first retry waits for at most. */
  readonly basePauseMs: number;
  encode(operation: string, input: object): string;
  /** Throws where what came is not what was sent. */
  decode(answer: HttpAnswer): object;
  /** Throws where the digests say that the service got something else than the input. */
  verify?(operation: string, input: object, output: object): void;
}

/** Operations by their names, with the types that the SDK has for them. */
type Operations = Readonly<Record<string, { readonly input: object; readonly output: object }>>;

const maxAttempts = 3;

/** Signs and posts calls to one service, and again after a pause those that may succeed then. */
export class AwsService<Known extends Operations> {
  readonly #service: ServiceDescription;
  readonly #quota = new RetryQuota();

  constructor(service: ServiceDescription) {
    this.#service = service;
  }

  async call<Name extends keyof Known & string>(
    operation: Name,
    input: Known[Name]["input"],
  ): Promise<Known[Name]["output"]> {
    const output = await this.#attempt(operation, this.#service.encode(operation, input));
    this.#service.verify?.(operation, input, output);
    // What the service says it sends; the tests hold it against what the SDK makes of it.
    return output as Known[Name]["output"];
  }

  async #attempt(operation: string, body: string): Promise<object> {
    let retries = 0;
    let retryCost = 0;
    let totalRetryDelay = 0;
    let hasReplaced = false;
    for (;;) {
      try {
        const answer = await this.#post(operation, body);
        const output = this.#service.decode(answer);
        this.#quota.giveBack(retryCost);
        const { status: httpStatusCode, headers } = answer;
        const requestId = requestIdOf(headers);
        const attempts = retries + 1;
        return { ...output, $metadata: { httpStatusCode, requestId, attempts, totalRetryDelay } };
      } catch (error) {
        if (error instanceof DeadConnectionError && !hasReplaced) {
          hasReplaced = true;
          continue;
        }
        const reason = retries + 1 < maxAttempts ? retryReasonOf(error) : undefined;
        const cost = reason && this.#quota.take(reason);
        if (!cost) throw withMetadata(error, { attempts: retries + 1, totalRetryDelay });
        const delayMs = pauseMs(reason, retries, this.#service.basePauseMs);
        retries += 1;
        retryCost = cost;
        totalRetryDelay += delayMs;
        await wait(delayMs);
      }
    }
  }

  async #post(operation: string, body: string): Promise<HttpAnswer> {
    const { name, targetPrefix, contentType, maxAnswerBytes } = this.#service;
    const access = await currentAccess();
    const url = endpointOf(name, access.region);
    const target = `${targetPrefix}.${operation}`;
    const call = { service: name, host: url.host, contentType, target, body };
    const { _X_AMZN_TRACE_ID: traceId } = process.env;
    const headers = {
      ...signedHeaders(call, access, signingTimeMs()),
      "content-length": String(Buffer.byteLength(body)),
      // Lambda counts by it how often a function calls itself.
      ...(traceId && { "x-amzn-trace-id": traceId }),
    };
    const sentTimeMs = Date.now();
    const answer = await post(url, headers, body, maxAnswerBytes);
    if (answer.status === 200) return answer;
    const error = new AwsError(answer);
    error.isClockCorrected = isAboutTime(error) && correctClock(answer.headers.date, sentTimeMs);
    throw error;
  }
}

/** How services refuse a signature whose time is wrong. */
const timeErrors = new Set([
  "AuthFailure",
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);

function isAboutTime({ name }: AwsError): boolean {
  return timeErrors.has(name);
}

function withMetadata(error: unknown, metadata: CallMetadata): unknown {
  if (!(error instanceof Error)) return error;
  const known = error instanceof AwsError ? error.$metadata : {};
  return Object.assign(error, { $metadata: { ...known, ...metadata } });
}

/** An input as JSON: bytes go over the wire as base64. */
export function encodeJson(input: object): string {
  return JSON.stringify(input, base64Bytes);
}

/** The replacer sees a `Buffer` only as what that makes of itself, but finds it at its place. */
function base64Bytes(this: Readonly<Record<string, unknown>>, key: string, value: unknown) {
  const { [key]: original } = this;
  if (!(original instanceof Uint8Array)) return value;
  const { buffer, byteOffset, byteLength } = original;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

type Reviver = (name: string, value: unknown) => unknown;

/** An answer that is no JSON was cut short or changed on its way. */
export function decodeJson(text: string, reviver?: Reviver): object {
  try {
    return JSON.parse(text, reviver);
  } catch (cause) {
    throw new DigestError("an answer that is no JSON", { cause });
  }
}
