/** A value as DynamoDB's JSON spells it: one key that names the type. */
type Wire =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { B: string }
  | { L: Wire[] }
  | { M: WireItem };
type WireItem = Record<string, Wire>;

/** What is undefined is left out. */
export function marshall(row: Readonly<Record<string, unknown>>): WireItem {
  const set = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, wired(value)]));
}

export function unmarshall(item: Readonly<WireItem>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, wire]) => [name, plain(wire)]));
}

function wired(value: unknown): Wire {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number" && isExact(value)) return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(wired) };
  if (isRecord(value)) return { M: marshall(value) };
  throw new Error(`a ${typeof value} that no table can hold`);
}

/** A number beyond would come back as another. */
function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function plain(wire: Wire): unknown {
  if ("S" in wire) return wire.S;
  if ("N" in wire) return Number(wire.N);
  if ("BOOL" in wire) return wire.BOOL;
  if ("NULL" in wire) return null;
  if ("B" in wire) return Buffer.from(wire.B, "base64");
  if ("L" in wire) return wire.L.map(plain);
  if ("M" in wire) return unmarshall(wire.M);
  throw new Error(`a type that no row of ours has: ${Object.keys(wire).join()}`);
}
