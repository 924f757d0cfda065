import { gunzipSync } from "node:zlib";
import { printable } from "../../shared/contract/values/printable.ts";
import type { StoredRow } from "./row.ts";

/** Sealed under the deployment's key: of no use to whoever exports, and a risk to whoever keeps it. */
const isWithheld = (name: string) => name.startsWith("sealed");

/** A row as one line of JSON: a message's value in clear, secrets left out. */
export function exportLine({ kind, row }: StoredRow): string {
  const shown = Object.entries(row).filter(([name]) => !isWithheld(name));
  const line = { ...Object.fromEntries(shown), ...clearValue(row), kind };
  return printable(JSON.stringify(line, inDigits));
}

/** Counters that share a number have more digits than JSON's readers keep. */
function inDigits(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** Values are stored as bytes; text and JSON go out as their text, other bytes as base64. */
function clearValue({ value, encoding, kind }: StoredRow["row"]): Record<string, unknown> {
  if (!(value instanceof Uint8Array)) return {};
  const bytes = encoding === "gzip" ? gunzipSync(value) : Buffer.from(value);
  if (kind === "binary") return { value: bytes.toString("base64"), encoding: "base64" };
  return { value: bytes.toString("utf8"), encoding: "utf-8" };
}
