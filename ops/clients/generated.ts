import { goMethods, goOperations } from "./go/methods.ts";
import { goTypes } from "./go/types.ts";
import { pythonMethods, pythonOperations } from "./python/methods.ts";
import { pythonTypes } from "./python/types.ts";
import { readModel } from "./read-model.ts";

/** The text of each file that is generated, by its path in the repository. */
export function generatedClients(): Map<string, string> {
  const model = readModel();
  const python = "clients/python/src/hookcast";
  return new Map([
    [`${python}/types.py`, pythonTypes(model)],
    [`${python}/_operations.py`, pythonOperations(model)],
    [`${python}/_methods.py`, pythonMethods(model, "sync")],
    [`${python}/_async_methods.py`, pythonMethods(model, "async")],
    ["clients/go/types.go", goTypes(model)],
    ["clients/go/operations.go", goOperations(model)],
    ["clients/go/methods.go", goMethods(model)],
  ]);
}
