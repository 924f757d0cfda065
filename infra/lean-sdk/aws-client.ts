import { setTimeout as wait } from "node:timers/promises";
import { AwsError, isPassing } from "./aws-error.ts";
import { endpointOf } from "./endpoint.ts";
import type { NodeHttpHandler } from "./node-http-handler.ts";
import { authorizationOf } from "./sign.ts";

/** How a service that speaks JSON is spoken to. */
export interface Service {
  readonly name: string;
  readonly targetPrefix: string;
  readonly contentType: string;
}

/** One call, its input spelled as on the wire. */
export class Command {
  readonly operation: string;
  readonly input: object;

  constructor(operation: string, input: object) {
    this.operation = operation;
    this.input = input;
  }
}

export interface ClientConfig {
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** Signs and posts calls, and again after a pause those that may succeed then. */
export class AwsClient {
  readonly #service: Service;
  readonly #config: ClientConfig;
  #endpoint: URL | undefined;

  constructor(service: Service, config: ClientConfig) {
    this.#service = service;
    this.#config = config;
  }

  async send({ operation, input }: Command): Promise<unknown> {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#post(operation, body);
      } catch (error) {
        if (attempt >= this.#config.maxAttempts || !isPassing(error)) throw error;
        await wait(pauseMs(attempt, error));
      }
    }
  }

  async #post(operation: string, body: string): Promise<unknown> {
    const { name, targetPrefix, contentType } = this.#service;
    const { AWS_REGION: region = "", _X_AMZN_TRACE_ID: traceId } = process.env;
    const credentials = credentialsFromEnv();
    this.#endpoint ??= endpointOf(name, region);
    const signed = {
      "content-type": contentType,
      host: this.#endpoint.host,
      "x-amz-date": `${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
      "x-amz-target": `${targetPrefix}.${operation}`,
      ...(credentials.sessionToken && { "x-amz-security-token": credentials.sessionToken }),
    };
    const headers = {
      ...signed,
      authorization: authorizationOf(signed, body, credentials, { region, service: name }),
      "content-length": String(Buffer.byteLength(body)),
      // Lambda counts by it how often a function calls itself.
      ...(traceId && { "x-amzn-trace-id": traceId }),
    };
    const answer = await this.#config.requestHandler.post(this.#endpoint, headers, body);
    if (answer.status !== 200) throw new AwsError(answer);
    return JSON.parse(answer.text);
  }
}

/** Lambda gives a function its credentials in the environment, and nowhere else. */
function credentialsFromEnv() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error("no AWS credentials");
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  };
}

/** At random up to a bound that doubles: those who were refused together do not come back together. */
function pauseMs(attempt: number, error: unknown): number {
  const firstMs = error instanceof AwsError && error.$retryable.throttling ? 500 : 100;
  return Math.random() * firstMs * 2 ** (attempt - 1);
}
