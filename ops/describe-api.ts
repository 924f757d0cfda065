/** `npm run docs:api`: writes docs/api.md, the reference of the HTTP API, out of the table of operations. */
import { writeFile } from "node:fs/promises";
import { apiDescription } from "./api-docs/description.ts";
import { apiReference } from "./api-docs/reference.ts";

await writeFile(new URL("../docs/api.md", import.meta.url), apiReference(apiDescription()));
