import type { Server } from "node:http";
import { type Command, InvalidArgumentError, Option } from "commander";
import { assertSecret } from "../check-signatures.ts";
import { integer } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { addSecretOptions, type SecretOptions, secretFrom } from "../secret-source.ts";
import { stopSignal } from "../stop-signal.ts";
import { partsOf } from "../webhook-name.ts";
import { outputOf, withService } from "../with-service.ts";
import { answerRequests } from "./answer-requests.ts";
import { openPort } from "./open-port.ts";
import { withTemporaryWebhook } from "./temporary-webhook.ts";

interface ListenOptions extends SecretOptions {
  readonly forward?: string;
  readonly port?: number;
  readonly status: number;
  readonly publicUrl?: string;
  readonly body?: true;
}

const defaultPort = 4000;

export function addListen(program: Command): void {
  const listen = program
    .command("listen")
    .description(
      "Receive deliveries on this machine, verify, print and forward them, until Ctrl-C. With a " +
        "topic it creates a webhook for as long as it runs.",
    )
    .argument("[cache/topic]", "the topic to create a webhook for")
    .option(
      "--forward <url>",
      "where to send genuine requests, unchanged; its answer is returned",
      webUrl,
    )
    .option(
      "--port <port>",
      `the port of 127.0.0.1: ${defaultPort}, or any with a topic`,
      portNumber,
    )
    .addOption(
      new Option("--status <code>", "the status to answer with if nothing is forwarded")
        .argParser(status)
        .default(200)
        .conflicts("forward"),
    )
    .option(
      "--public-url <url>",
      "the address of a tunnel to the port, for a service elsewhere",
      webUrl,
    )
    .option("--body", "also print the bodies");
  addSecretOptions(listen).action(
    async (topic: string | undefined, options: ListenOptions, command: Command) => {
      assertOptionsAreUsed(topic, options);
      const output = outputOf(command);
      const signal = stopSignal();
      const { forward, status, body: withBody = false } = options;
      // Node 20, which this is to run on, has no Promise.withResolvers.
      let giveSecret: (secret: string) => void = () => undefined;
      const secret = new Promise<string>((resolve) => {
        giveSecret = resolve;
      });
      const serve = (server: Server) =>
        answerRequests(server, {
          ...{ secret, forward, status, withBody, output, signal },
        });

      if (topic === undefined) {
        const given = await secretFrom(command, options);
        await assertSecret(given);
        giveSecret(given);
        await using port = await openPort(options.port ?? defaultPort);
        output.note(`Listening on ${port.url}: Ctrl-C ends it.`);
        return await serve(port.server);
      }
      const [cacheName, topicName] = partsOf(topic, "<cache>/<topic>");
      await using port = await openPort(options.port ?? 0);
      const served = serve(port.server);
      await withService(command, ({ client }) =>
        withTemporaryWebhook(
          { client, output },
          { cacheName, topicName, postUrl: options.publicUrl ?? port.url },
          (secretString) => {
            giveSecret(secretString);
            return served;
          },
        ),
      );
    },
  );
}

/** With a topic there is a new webhook, of which only its own address is to be chosen. */
function assertOptionsAreUsed(topic: string | undefined, options: ListenOptions): void {
  const { webhook, secretFile, publicUrl } = options;
  if (topic === undefined && publicUrl !== undefined) {
    throw new Failure("usage", "--public-url is for the webhook that a topic gets");
  }
  if (topic !== undefined && (webhook !== undefined || secretFile !== undefined)) {
    throw new Failure("usage", "with a topic, the webhook has its own secret: give no other");
  }
}

function portNumber(text: string): number {
  const port = integer(text);
  if (port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be from 0 (any free port) to 65535.");
}

function status(text: string): number {
  const code = integer(text);
  if (code >= 200 && code <= 599) return code;
  throw new InvalidArgumentError("It must be from 200 to 599.");
}

function webUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(
    "It must be a complete address, such as http://localhost:4000/hooks.",
  );
}
