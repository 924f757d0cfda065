import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import * as z from "zod/mini";
import { DestinationAuth } from "../../shared/contract/values/destination-auth.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import type { Filter } from "../../shared/contract/values/filter.ts";
import { SchemeName } from "../../shared/contract/values/signature-recipe.ts";
import { Signature, type WebhookSignature } from "../../shared/contract/values/signatures.ts";
import { Format } from "../../shared/contract/values/webhook-values.ts";
import { each, filterPattern, integer, jsonIn, wantedEvent } from "../option-values.ts";
import { Failure } from "../output/failure.ts";

/** What may be said of a webhook, when it is put and when it is updated. */
export interface SettingsOptions {
  readonly url?: string;
  readonly event?: EventCode[];
  readonly productId?: number | "any";
  readonly header?: ([name: string, value: string] | "none")[];
  readonly format?: Format;
  readonly timeout?: number;
  readonly maxPerSecond?: number | "none";
  readonly signature?: (WebhookSignature | "none" | "default")[];
  readonly standardSignature?: "yes" | "no";
  readonly asymmetric?: "yes" | "no";
  readonly auth?: DestinationAuth | "none";
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly receiverCa?: string;
  readonly metaHeader?: ([name: string, template: string] | "none")[];
  readonly filter?: Filter | "none";
}

export function addSettingsOptions(command: Command): Command {
  return command
    .option(
      "--event <event>",
      "an event to receive, or `order.*` for all below `order`; repeat it for several; `all` for every event",
      each(eventOrAll),
    )
    .option("--product-id <number>", "only messages of this product; `any` for any", productOrAny)
    .option(
      "--header <name:value>",
      "a header for every delivery; repeat it for several; replaces earlier headers; `none` " +
        "removes them",
      each(headerOrNone),
    )
    .addOption(
      new Option(
        "--format <format>",
        "the format of the body; `slack` and `teams` for topics that begin with `$`",
      ).choices(Format.options),
    )
    .option("--timeout <seconds>", "how long an attempt may take, 1 to 30", integer)
    .option(
      "--max-per-second <rate>",
      "the most POSTs a second, 0.1 to 1000; `none` for no limit",
      rateOrNone,
    )
    .option(
      "--signature <scheme>",
      "a further signature: a scheme such as `github`, or a recipe as JSON; repeat it for several; `none` removes " +
        "them, `default` takes those of the deployment",
      each(signature),
    )
    .addOption(
      new Option(
        "--standard-signature <yes/no>",
        "whether deliveries carry `webhook-signature`",
      ).choices(["yes", "no"]),
    )
    .addOption(
      new Option(
        "--asymmetric <yes/no>",
        "whether it also has a signature that anyone can verify with the cache's public key",
      ).choices(["yes", "no"]),
    )
    .option(
      "--auth <file>",
      "a JSON file with what authorizes deliveries at the receiver, such as " +
        '{"type": "bearer", "token": "…"}; `none` removes it',
      authIn,
    )
    .option(
      "--client-certificate <file>",
      "a PEM file with the client certificate for TLS and its chain; `none` removes it",
      pemIn,
    )
    .option(
      "--client-key <file>",
      "a PEM file with the private key of the certificate; without it the stored one stays",
      pemIn,
    )
    .option(
      "--receiver-ca <file>",
      "a PEM file with the authorities that the receiver's own certificate must come from",
      pemIn,
    )
    .option(
      "--meta-header <name:template>",
      "a header about the delivery, such as `x-event:{event}`; repeat it for several; `none` removes them",
      each(headerOrNone),
    )
    .option(
      "--filter <pattern>",
      "which messages to receive by their content: an event pattern as JSON; `none` for all",
      filterOrNone,
    );
}

/** The options as the contract calls them, but for the URL, which has two names there. */
export function settingsOf(options: SettingsOptions) {
  const { event, productId, header, format, timeout, maxPerSecond } = options;
  const { signature, standardSignature, asymmetric, auth, metaHeader, filter } = options;
  return {
    ...(event && { events: event.filter((one) => one !== "all") }),
    ...(productId !== undefined && { productId: productId === "any" ? null : productId }),
    config: {
      ...(header && { customHeaders: headersIn(header) }),
      ...(signature && { signatures: signaturesIn(signature) }),
      ...(standardSignature && { standardSignature: standardSignature === "yes" }),
      ...(asymmetric && { asymmetric: asymmetric === "yes" }),
      ...(auth && { auth: auth === "none" ? null : auth }),
      ...certificateIn(options),
      ...(metaHeader && { metaHeaders: headersIn(metaHeader) }),
      ...(filter && { filter: filter === "none" ? null : filter }),
      ...(format && { format }),
      ...(timeout !== undefined && { timeoutSeconds: timeout }),
      ...(maxPerSecond !== undefined && {
        maxPerSecond: maxPerSecond === "none" ? null : maxPerSecond,
      }),
    },
  };
}

function headersIn(headers: readonly ([name: string, value: string] | "none")[]) {
  return Object.fromEntries(headers.filter((one) => one !== "none"));
}

/** Null gives the webhook those of the deployment again. */
function signaturesIn(given: readonly (WebhookSignature | "none" | "default")[]) {
  const own = given.filter((one) => typeof one === "object");
  return own.length === 0 && given.includes("default") ? null : own;
}

function signature(text: string): WebhookSignature | "none" | "default" {
  if (text === "none" || text === "default") return text;
  const scheme = SchemeName.options.find((name) => name === text);
  if (scheme) return { scheme };
  const parsed = z.safeParse(Signature, jsonIn(text));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(
    `It is one of ${SchemeName.options.join(", ")}, or a recipe as described in docs/formats.md.`,
  );
}

/** A file, since other users of the machine see a command's arguments. What is wrong in it the service tells. */
function authIn(file: string): DestinationAuth | "none" {
  if (file === "none") return file;
  const text = readTextFile(file);
  const parsed = z.safeParse(DestinationAuth, jsonIn(text));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(
    `${file} must hold one of the objects that docs/destination-auth.md describes, as JSON.`,
  );
}

/** Sent for a private key that was not given: the stored one stays. */
const unchanged = "•••";

/** The certificate is replaced as a whole, but for its private key. */
function certificateIn({ clientCertificate, clientKey, receiverCa }: SettingsOptions) {
  if (clientCertificate === "none") return { clientCertificate: null };
  if (clientCertificate !== undefined) {
    const parts = { certificatePem: clientCertificate, privateKeyPem: clientKey ?? unchanged };
    return { clientCertificate: { ...parts, ...(receiverCa && { caPem: receiverCa }) } };
  }
  if (clientKey === undefined && receiverCa === undefined) return {};
  throw new Failure("usage", "--client-key and --receiver-ca need --client-certificate");
}

function pemIn(file: string): string {
  return file === "none" ? file : readTextFile(file);
}

function readTextFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new InvalidArgumentError(`${file} cannot be read.`);
  }
}

function filterOrNone(text: string): Filter | "none" {
  return text === "none" ? text : filterPattern(text);
}

function eventOrAll(text: string): EventCode {
  return text === "all" ? text : wantedEvent(text);
}

/** Not null yet: the parser would take that for an option without a value. */
function productOrAny(text: string): number | "any" {
  return text === "any" ? text : integer(text);
}

function rateOrNone(text: string): number | "none" {
  if (text === "none") return text;
  const rate = Number(text);
  if (text.trim() === "" || !Number.isFinite(rate))
    throw new InvalidArgumentError("It must be a number.");
  return rate;
}

function headerOrNone(text: string): [string, string] | "none" {
  if (text === "none") return text;
  const colon = text.indexOf(":");
  if (colon < 1) throw new InvalidArgumentError("It must be a name, a colon and a value.");
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}
