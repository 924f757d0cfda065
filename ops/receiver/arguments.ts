import { parseArgs } from "node:util";
import { isSecret } from "../../shared/domain/webhooks/webhook-secret.ts";

export interface ReceiverSettings {
  secrets: string[];
  port: number;
  /** What every delivery is answered with. */
  status: number;
  format: "text" | "json";
}

export const usage = `Receives webhooks on this machine and says of each whether its signatures are right.

  npm run receiver -- --secret whsec_… [--secret whsec_…] [--port 4000] [--status 200] [--format text|json]

The secret is the "secretString" that putting the webhook answered with; ask for it again with
GET /api/v1/caches/{cacheName}/webhooks/{webhookName}/secret.`;

/** The settings, or a sentence that says which argument is wrong. */
export function parseReceiverArguments(args: string[]): ReceiverSettings | string {
  const given = readArguments(args);
  if (typeof given === "string") return given;

  const { secret: secrets, format } = given;
  const port = Number(given.port);
  const status = Number(given.status);
  if (secrets.length === 0) return "There is no secret to verify with.";
  if (!secrets.every(isSecret)) {
    return "A secret is whsec_ and the base64 of 16 to 75 bytes, copied whole.";
  }
  if (!isBetween(port, 0, 65_535)) return `--port ${given.port} is not a port.`;
  if (!isBetween(status, 200, 599)) return `--status ${given.status} is not between 200 and 599.`;
  if (format !== "text" && format !== "json") return `--format ${format} is not text or json.`;
  return { secrets, port, status, format };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        secret: { type: "string", multiple: true, default: [] },
        port: { type: "string", default: "4000" },
        status: { type: "string", default: "200" },
        format: { type: "string", default: "text" },
      },
    }).values;
  } catch (error) {
    // parseArgs throws plain sentences about unknown and incomplete options.
    return error instanceof Error ? error.message : String(error);
  }
}

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
