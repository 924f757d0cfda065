import { type Field, type Model, type ModelOperation, type Type, writtenByHand } from "../model.ts";
import { snakeCase, wrapped } from "../names.ts";
import { escaped, pythonType } from "./types.ts";

type Flavour = "sync" | "async";

const width = 100;
const prefix = "types.";
/** `call` has these: the publishing methods set the first, and the answer to the second has no body. */
const headersOfCall = new Set(["idempotency-key", "if-none-match"]);

/** What an update takes is what details return, which says more of some fields. */
const alsoTaken: Readonly<Record<string, string>> = {
  WebhookDetailsConfig: "WebhookConfig",
};

/** clients/python/src/hookcast/_operations.py */
export function pythonOperations({ operations }: Model): string {
  const entries = operations.map(({ id, method, path, isBare, queryFields }) => {
    const start = `    "${id}": Endpoint(`;
    const names = queryFields.map((name) => `"${name}",`).join(" ");
    const query = names === "" ? "" : `, query_fields=(${names})`;
    const inBrackets = `"${method}", "${path}"${isBare ? ", is_bare=True" : ""}${query}`;
    return `${start}${onOneLineOr(`${start}${inBrackets}),`, inBrackets, "    ")},\n`;
  });
  return `"""How each operation is reached.

Written by npm run clients out of the table of operations. A test compares.
"""

from __future__ import annotations

from ._endpoint import Endpoint

ENDPOINTS: dict[str, Endpoint] = {
${entries.join("")}}
`;
}

/** clients/python/src/hookcast/_methods.py and _async_methods.py */
export function pythonMethods({ operations }: Model, flavour: Flavour): string {
  const isAsync = flavour === "async";
  const methods = operations
    .filter(({ id }) => !writtenByHand.has(id))
    .map((operation) => methodText(operation, isAsync));
  return `"""The operations as methods${isAsync ? " of the asynchronous client" : ""}.

Written by npm run clients out of the table of operations. A test compares.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import ${isAsync ? "AsyncIterator" : "Iterator"}, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from . import types
from ._given import UNSET, Unset, without_none, without_unset


class ${isAsync ? "AsyncMethods" : "Methods"}(ABC):
    """Every operation but the publishing ones, by its name."""

    @abstractmethod
    ${isAsync ? "async " : ""}def _respond(
        self,
        operation: str,
        fields: Mapping[str, object],
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> Any:
        """Returns the response of an operation."""

    @abstractmethod
    def _items(
        self,
        operation: str,
        fields: Mapping[str, object],
        items: str,
        timeout: float | None,
    ) -> ${isAsync ? "AsyncIterator" : "Iterator"}[Any]:
        """Returns the items of all pages."""

${methods.join("\n")}`;
}

function methodText(operation: ModelOperation, isAsync: boolean): string {
  const { id, items, response } = operation;
  const fields = [...operation.fields].sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
  const headers = operation.headers.filter(({ name }) => !headersOfCall.has(name));
  const optional = (name: string, type: string) => `${name}: ${type} | None = None`;
  const parameters = [
    ...fields.map(parameterText),
    ...headers.map(({ name }) => optional(snakeCase(name), "str")),
    optional("timeout", "float"),
  ];
  const returned = items
    ? `${isAsync ? "AsyncIterator" : "Iterator"}[${pythonType(items.type, prefix)}]`
    : pythonType(response, prefix);
  const keyword = isAsync && !items ? "async def" : "def";
  return `    ${keyword} ${snakeCase(id)}(
        self,
        *,
${parameters.map((parameter) => `        ${parameter},\n`).join("")}    ) -> ${returned}:
${documentation(operation, [...fields, ...headers])}${fieldsText(fields)}${bodyText(operation, headers, returned, isAsync)}`;
}

function bodyText(
  { id, items }: ModelOperation,
  headers: readonly Field[],
  returned: string,
  isAsync: boolean,
): string {
  if (items) return `        return self._items("${id}", fields, "${items.field}", timeout)\n`;
  const given = headers.map(({ name }) => `"${name}": ${snakeCase(name)}`).join(", ");
  const headersText = headers.length === 0 ? "{}" : `without_none({${given}})`;
  const wait = isAsync ? "await " : "";
  const call = `        response: ${returned} = ${wait}self._respond(`;
  const inBrackets = `"${id}", fields, ${headersText}, timeout`;
  return `${call}${onOneLineOr(`${call}${inBrackets})`, inBrackets, "        ")}
        return response
`;
}

/** What stands in brackets with the closing one, on lines of its own where the whole line would be too long. */
function onOneLineOr(line: string, inBrackets: string, indent: string): string {
  if (line.length <= width) return `${inBrackets})`;
  return `\n${indent}    ${inBrackets}\n${indent})`;
}

/** A field that may be null is left out by default; for all others None says so. */
function parameterText({ name, type, isRequired }: Field): string {
  const own = `${snakeCase(name)}: ${argumentType(type)}`;
  if (isRequired) return own;
  if (type.kind !== "nullable") return `${own} | None = None`;
  return `${snakeCase(name)}: ${argumentType(type.of)} | Unset | None = UNSET`;
}

function argumentType(type: Type): string {
  switch (type.kind) {
    case "time":
      return "datetime | str";
    case "nullable":
      return `${argumentType(type.of)} | None`;
    case "list":
      return `Sequence[${argumentType(type.of)}]`;
    case "map":
      return `Mapping[str, ${argumentType(type.of)}]`;
    case "named": {
      const also = alsoTaken[type.name];
      return [type.name, ...(also ? [also] : [])].map((name) => prefix + name).join(" | ");
    }
    default:
      return pythonType(type, prefix);
  }
}

function fieldsText(fields: readonly Field[]): string {
  const groups: [string, Field[]][] = [
    ["", fields.filter(({ isRequired }) => isRequired)],
    ["without_none", fields.filter((field) => !field.isRequired && field.type.kind !== "nullable")],
    [
      "without_unset",
      fields.filter((field) => !field.isRequired && field.type.kind === "nullable"),
    ],
  ];
  const lines = groups.flatMap(([wrapper, members]) => {
    const entries = members.map(({ name }) => `"${name}": ${snakeCase(name)}`);
    if (entries.length === 0) return [];
    if (!wrapper) return entries.map((entry) => `            ${entry},\n`);
    const onOneLine = `            **${wrapper}({${entries.join(", ")}}),\n`;
    if (onOneLine.length <= width + 1) return [onOneLine];
    const inner = entries.map((entry) => `                    ${entry},\n`).join("");
    return [
      `            **${wrapper}(\n                {\n${inner}                }\n            ),\n`,
    ];
  });
  if (lines.length === 0) return "        fields: dict[str, object] = {}\n";
  return `        fields: dict[str, object] = {\n${lines.join("")}        }\n`;
}

function documentation({ summary, description }: ModelOperation, fields: readonly Field[]) {
  const indent = "        ";
  const parts = [`${indent}"""${escaped(summary)}.\n`];
  for (const paragraph of description.split("\n\n")) {
    const lines = wrapped(escaped(paragraph), width - indent.length);
    if (lines.length > 0) parts.push("\n", ...lines.map((line) => `${indent}${line}\n`));
  }
  const described = fields.filter((field) => field.description !== "");
  if (described.length > 0) parts.push("\n", `${indent}Args:\n`);
  for (const { name, description: meaning } of described) {
    const [first = "", ...more] = wrapped(`${snakeCase(name)}: ${escaped(meaning)}`, 88);
    parts.push(`${indent}    ${first}\n`, ...more.map((line) => `${indent}        ${line}\n`));
  }
  return `${parts.join("")}${indent}"""\n`;
}
