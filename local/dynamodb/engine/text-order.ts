import dynalite, { type AttributeValue } from "dynalite/db/index.js";

const orderings = new Set(["LT", "LE", "GT", "GE", "BETWEEN"]);

/**
 * DynamoDB orders text by its UTF-8 bytes, dynalite's comparison by UTF-16 units: it would refuse to go on with a page
 * that ended at a name beyond the basic plane. dynalite's queries find the comparison on the module, so it is put
 * right there; the comparisons inside of its filters stay as they are.
 */
export function orderTextByBytes(): void {
  const compare = dynalite.compare;
  dynalite.compare = (comparison, value, others) =>
    orderings.has(comparison)
      ? compare(comparison, inBytes(value), [others].flat().map(inBytes))
      : compare(comparison, value, others);
}

/** Hex digits compare as their bytes do. */
function inBytes(value: AttributeValue | undefined): AttributeValue | undefined {
  return typeof value?.S === "string" ? { S: Buffer.from(value.S).toString("hex") } : value;
}
