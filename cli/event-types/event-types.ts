import type { Command } from "commander";
import { addDelete } from "./delete.ts";
import { addExport } from "./export.ts";
import { addGet } from "./get.ts";
import { addImport } from "./import.ts";
import { addList } from "./list.ts";
import { addPut } from "./put.ts";
import { addValidate } from "./validate.ts";

export function addEventTypes(program: Command): void {
  const types = program
    .command("event-types")
    .description("Manage the catalogue of event types, and check values against it.");
  addPut(types);
  addGet(types);
  addList(types);
  addDelete(types);
  addImport(types);
  addExport(types);
  addValidate(types);
}
