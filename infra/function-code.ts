import { join } from "node:path";

/** Where the functions' bundles lie: for each a folder with `index.mjs`. */
export interface FunctionCode {
  folderOf(name: string): string;
}

/** Those that the published package brings along. */
export const shippedCode: FunctionCode = {
  folderOf: (name) => join(import.meta.dirname, "../bundles", name),
};
