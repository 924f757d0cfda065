import type { Command } from "commander";
import type { Client } from "../client/client.ts";
import { createClient } from "../client/create-client.ts";
import { type OperationId, routes } from "../shared/contract/routes.ts";
import { explain } from "./output/explain.ts";
import { type Output, type OutputOptions, openOutput } from "./output/output.ts";
import { chooseProfile } from "./profiles/choose.ts";

export interface Session {
  readonly client: Client;
  readonly output: Output;
  /** Where the console is, with a slash at its end; absent where nobody has said it. */
  readonly consoleUrl?: string | undefined;
}

interface GlobalOptions extends OutputOptions {
  readonly profile?: string;
}

export function outputOf(command: Command): Output {
  return openOutput(command.optsWithGlobals<GlobalOptions>());
}

/** Does a command's work with the service of its profile, and puts into words what the service refuses. */
export async function withService<T>(
  command: Command,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const profile = chooseProfile(command.optsWithGlobals<GlobalOptions>().profile);
  const { url, key, publishUrl, consoleUrl } = profile;
  let operation: OperationId | undefined;
  const watchedFetch: typeof fetch = (resource, init) => {
    operation = operationOf(init?.method ?? "GET", String(resource));
    return fetch(resource, init);
  };
  try {
    const client = createClient({ url, key, publishUrl, fetch: watchedFetch });
    return await work({ client, output: outputOf(command), consoleUrl });
  } catch (error) {
    throw explain(error, { url, operation, webhook: webhookOf(command) });
  }
}

/** What a command that is about one webhook was given for it. */
function webhookOf({ registeredArguments: [first], args }: Command): string | undefined {
  return first?.name() === "webhook" ? args[0] : undefined;
}

const patterns = Object.entries(routes).map(([id, { method, path }]) => ({
  // Object.entries forgets the literal keys.
  id: id as OperationId,
  method,
  path: new RegExp(`${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

/** The operation that a request asks for, wherever the service is. */
export function operationOf(method: string, url: string): OperationId | undefined {
  const { pathname } = new URL(url);
  return patterns.find((known) => known.method === method && known.path.test(pathname))?.id;
}
