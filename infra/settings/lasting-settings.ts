import { readFileSync } from "node:fs";
import * as z from "zod/mini";

/**
 * What loses or locks away data when a later command forgets it: fewer queues take what waits in them along, without
 * the key no secret can be read, and an ingest queue or a publish URL that is made anew has another address. So they are read from cdk.json alone, and no command can forget them.
 */
const lastingSettings: readonly string[] = [
  "deliveryShards",
  "dataKeyArn",
  "ingest",
  "ingestSources",
  "outbox",
  "publishUrl",
  "removalPolicy",
  "staticAddresses",
  "vpc",
];

const CdkJson = z.object({ context: z._default(z.record(z.string(), z.unknown()), {}) });
type Context = Readonly<Record<string, unknown>>;

/** What the CDK has put together of cdk.json and the command line, unless the two disagree on what lasts. */
export function contextBeside(folder: string, context: Context): Context {
  const kept = readContext(`${folder}/cdk.json`);
  if (kept === undefined) return context;
  const problems = lastingSettings
    .filter((name) => asText(context[name]) !== asText(kept[name]))
    .map(
      (name) => `\n  ${name}: ${inWords(context[name])} here, ${inWords(kept[name])} in cdk.json`,
    );
  if (problems.length === 0) return context;
  throw new Error(
    `Set in "context" of cdk.json, not with -c, what the next command must not forget:${problems.join("")}`,
  );
}

/** Undefined where there is no such file: then the context is all there is. */
function readContext(file: string): Context | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  return z.parse(CdkJson, JSON.parse(text)).context;
}

/** The command line has text alone. */
function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function inWords(value: unknown): string {
  return asText(value) ?? "nothing";
}
