/** `npm run clients`: writes what the clients in Python and Go take from the table of operations. */
import { writeFile } from "node:fs/promises";
import { generatedClients } from "./clients/generated.ts";

const root = new URL("../", import.meta.url);
for (const [path, text] of generatedClients()) await writeFile(new URL(path, root), text);
