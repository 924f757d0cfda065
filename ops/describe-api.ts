/** `npm run docs:api`: writes what follows from the table of operations alone. */
import { readFile, writeFile } from "node:fs/promises";
import { apiDescription } from "./api-docs/description.ts";
import { endpointsModule } from "./api-docs/endpoints.ts";
import { llmsText } from "./api-docs/llms.ts";
import { withOperations } from "./api-docs/readme.ts";
import { apiReference } from "./api-docs/reference.ts";

const root = new URL("../", import.meta.url);
const readme = new URL("README.md", root);

await writeFile(new URL("shared/contract/endpoints.ts", root), endpointsModule());
await writeFile(new URL("docs/api.md", root), apiReference(apiDescription()));
const readmeText = withOperations(await readFile(readme, "utf8"));
await writeFile(readme, readmeText);
await writeFile(new URL("docs/llms.txt", root), llmsText(readmeText));
