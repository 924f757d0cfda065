import { hookcast } from "../hookcast.ts";

/** Fetches the catalogue with the key, which a plain link could not send, and has the browser save it. */
export async function saveDocument(name: "openapi.json" | "asyncapi.json"): Promise<void> {
  const content = await hookcast().exportEventTypes({ document: name });
  const file = new Blob([JSON.stringify(content, null, 2)], { type: "application/json" });
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: `event-types.${name}` }).click();
  URL.revokeObjectURL(href);
}
