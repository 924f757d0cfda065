import * as z from "zod/mini";

/** JSON as a row holds it: its text, or that text compressed. */
export const PackedJson = z.union([z.string(), z.instanceof(Uint8Array)]);
export type PackedJson = z.infer<typeof PackedJson>;

/** Below this, compressing rarely saves a unit of reading. */
const smallestWorthCompressing = 2_048;

/** Loaded with the first long text: most publishes never see one. */
const zlib = () => process.getBuiltinModule("node:zlib");

export function pack(value: unknown): PackedJson {
  const text = JSON.stringify(value);
  return text.length < smallestWorthCompressing ? text : zlib().gzipSync(text);
}

export function unpack(packed: PackedJson): unknown {
  return JSON.parse(
    typeof packed === "string" ? packed : zlib().gunzipSync(packed).toString("utf8"),
  );
}
