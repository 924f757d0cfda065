import type { Declaration, Field, Model, Type } from "../model.ts";
import { wrapped } from "../names.ts";

const width = 100;

/** clients/python/src/hookcast/types.py */
export function pythonTypes({ declarations }: Model): string {
  return `"""What the operations take and return, in the names of the API.

Written by npm run clients out of the table of operations. A test compares.
"""

from __future__ import annotations

import sys
from typing import Any, Literal, TypedDict, Union

if sys.version_info >= (3, 11):
    from typing import NotRequired
else:
    from typing_extensions import NotRequired

${inOrder(declarations)}`;
}

/** Two blank lines stand around a class, one between others. */
function inOrder(declarations: readonly Declaration[]): string {
  let text = "";
  let isAfterClass = false;
  for (const declaration of declarations) {
    const own = declarationText(declaration);
    const isClass = own.startsWith("class ");
    const gap = text === "" ? "\n" : isClass || isAfterClass ? "\n\n" : "\n";
    text += text === "" && !isClass ? own : `${gap}${own}`;
    isAfterClass = isClass;
  }
  return text;
}

/** What a value is called in Python; `prefix` stands before the names of types of this module. */
export function pythonType(type: Type, prefix = ""): string {
  switch (type.kind) {
    case "text":
    case "time":
      return "str";
    case "integer":
      return "int";
    case "number":
      return "float";
    case "boolean":
      return "bool";
    case "json":
      return "Any";
    case "constant":
      return `Literal[${literal(type.value)}]`;
    case "named":
      return prefix + type.name;
    case "list":
      return `list[${pythonType(type.of, prefix)}]`;
    case "map":
      return `dict[str, ${pythonType(type.of, prefix)}]`;
    case "nullable":
      return `${pythonType(type.of, prefix)} | None`;
    case "union":
      return type.of.map((one) => pythonType(one, prefix)).join(" | ");
  }
}

function declarationText(declaration: Declaration): string {
  switch (declaration.kind) {
    case "choice":
      return choiceText(declaration.name, declaration.values) + comment(declaration.description);
    case "alias":
      return aliasText(declaration.name, declaration.type) + comment(declaration.description);
    case "object":
      return objectText(declaration);
  }
}

function choiceText(name: string, values: readonly string[]): string {
  const onOneLine = `${name} = Literal[${values.map(literal).join(", ")}]`;
  if (onOneLine.length <= width) return `${onOneLine}\n`;
  return `${name} = Literal[\n${values.map((value) => `    ${literal(value)},\n`).join("")}]\n`;
}

/** Evaluated when the module is loaded, so in the form that Python 3.10 knows for names that come later, too. */
function aliasText(name: string, type: Type): string {
  const members = type.kind === "union" ? type.of : [type];
  const types = members.map((member) => quoted(pythonType(member)));
  const onOneLine = `${name} = Union[${types.join(", ")}]`;
  if (onOneLine.length <= width) return `${onOneLine}\n`;
  const inside = `    ${types.join(", ")}`;
  const lines =
    inside.length <= width ? `${inside}\n` : types.map((one) => `    ${one},\n`).join("");
  return `${name} = Union[\n${lines}]\n`;
}

function quoted(type: string): string {
  return /^[A-Z]/.test(type) && type !== "Any" ? `"${type}"` : type;
}

function objectText({ name, description, fields }: Extract<Declaration, { kind: "object" }>) {
  if (fields.some((field) => !/^[A-Za-z_]\w*$/.test(field.name))) return looseObject(name, fields);
  const text = docstring(description, "    ");
  const lines = fields.map(
    (field) => `    ${field.name}: ${fieldType(field)}\n${docstring(field.description, "    ")}`,
  );
  const body = text + (text && lines.length > 0 ? "\n" : "") + lines.join("");
  return `class ${name}(TypedDict):\n${body || "    pass\n"}`;
}

/** For names that no attribute can have, as `2xx`. */
function looseObject(name: string, fields: readonly Field[]): string {
  const members = fields.map(
    (field) => `        ${literal(field.name)}: ${quoted(fieldType(field))},\n`,
  );
  return `${name} = TypedDict(\n    ${literal(name)},\n    {\n${members.join("")}    },\n)\n`;
}

function fieldType({ type, isRequired }: Field): string {
  return isRequired ? pythonType(type) : `NotRequired[${pythonType(type)}]`;
}

function docstring(text: string, indent: string): string {
  if (text === "") return "";
  const onOneLine = `${indent}"""${escaped(text)}"""`;
  if (onOneLine.length <= width && !text.includes("\n")) return `${onOneLine}\n`;
  const lines = wrapped(escaped(text), width - indent.length - 3);
  return `${indent}"""${lines.map((line, index) => (index === 0 ? line : indent + line)).join("\n")}\n${indent}"""\n`;
}

function comment(text: string): string {
  return docstring(text, "");
}

export function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"""', "'''");
}

function literal(value: string | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value);
}
