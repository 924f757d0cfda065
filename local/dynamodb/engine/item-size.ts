import { type Item, itemSize } from "dynalite/db/index.js";
import { validationError } from "./dynalite-error.ts";

const maxItemBytes = 400 * 1024;

/** dynalite counts characters where AWS counts bytes of UTF-8. */
export function itemBytes(item: Item): number {
  const json = JSON.stringify(item);
  return itemSize(item) + Buffer.byteLength(json) - json.length;
}

export function assertItemSize(item: Item): void {
  // A UTF-16 unit has three bytes at most, so small items need no second look.
  if (itemSize(item) * 3 <= maxItemBytes || itemBytes(item) <= maxItemBytes) return;
  throw validationError("Item size has exceeded the maximum allowed size");
}
