import { type Command, InvalidArgumentError, Option } from "commander";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { Format } from "../../shared/contract/webhook.ts";
import { each, event, integer } from "../option-values.ts";

/** What may be said of a webhook, when it is put and when it is updated. */
export interface SettingsOptions {
  readonly url?: string;
  readonly event?: EventCode[];
  readonly productId?: number | "any";
  readonly header?: ([name: string, value: string] | "none")[];
  readonly format?: Format;
  readonly timeout?: number;
  readonly maxPerSecond?: number | "none";
}

export function addSettingsOptions(command: Command): Command {
  return command
    .option(
      "--event <event>",
      "an event to receive; repeat it for several; `all` for every event",
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
    );
}

/** The options as the contract calls them, but for the URL, which has two names there. */
export function settingsOf(options: SettingsOptions) {
  const { event, productId, header, format, timeout, maxPerSecond } = options;
  return {
    ...(event && { events: event.filter((one) => one !== "all") }),
    ...(productId !== undefined && { productId: productId === "any" ? null : productId }),
    config: {
      ...(header && { customHeaders: Object.fromEntries(header.filter((one) => one !== "none")) }),
      ...(format && { format }),
      ...(timeout !== undefined && { timeoutSeconds: timeout }),
      ...(maxPerSecond !== undefined && {
        maxPerSecond: maxPerSecond === "none" ? null : maxPerSecond,
      }),
    },
  };
}

function eventOrAll(text: string): EventCode {
  return text === "all" ? text : event(text);
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
