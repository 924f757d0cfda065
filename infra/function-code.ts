import { join } from "node:path";

/** Where the bundles lie: for each function a folder with `index.mjs`, and the page's, `console`. */
export interface FunctionCode {
  folderOf(name: string): string;
}

/** Those that the published package brings along. */
export const shippedCode: FunctionCode = {
  folderOf: (name) => join(import.meta.dirname, "../bundles", name),
};
