import { type Model, type ModelOperation, writtenByHand } from "../model.ts";
import { goName } from "./names.ts";
import { comment, declarationsOf, goType, structText } from "./types.ts";

/** clients/go/operations.go */
export function goOperations({ operations }: Model): string {
  const width = Math.max(...operations.map(({ id }) => id.length + 3));
  const entries = operations.map(({ id, method, path, isBare, queryFields }) => {
    const names = queryFields.map((name) => `"${name}"`).join(", ");
    const query = names === "" ? "" : `, queryFields: []string{${names}}`;
    const bare = isBare ? ", isBare: true" : "";
    const endpoint = `{method: "${method}", path: "${path}"${bare}${query}}`;
    return `\t${`"${id}":`.padEnd(width)} ${endpoint},\n`;
  });
  return `// Written by npm run clients out of the table of operations. A test compares.

package hookcast

// endpoints tells how each operation is reached.
var endpoints = map[string]endpoint{
${entries.join("")}}
`;
}

/** clients/go/methods.go */
export function goMethods(model: Model): string {
  const texts = model.operations
    .filter(({ id }) => !writtenByHand.has(id))
    .map((operation) => methodText(operation, model));
  return `// Written by npm run clients out of the table of operations. A test compares.

package hookcast

import (
	"context"
	"encoding/json"
	"iter"
	"time"
)

${texts.join("\n")}`;
}

function methodText(operation: ModelOperation, model: Model): string {
  const { id, fields, items, response, summary, description } = operation;
  const declarations = declarationsOf(model);
  const name = goName(id);
  const hasInput = fields.length > 0;
  const input = hasInput
    ? structText(`${name}Input`, `${name}Input is what ${name} takes.`, fields, declarations)
    : "";
  const parameters = `ctx context.Context${hasInput ? `, input ${name}Input` : ""}, options ...CallOption`;
  const given = hasInput ? "input" : "struct{}{}";
  const own = goType((items ?? { type: response }).type, declarations);
  const text = comment(`${name}: ${summary}. ${description}`, "");
  const start = `${text}func (c *Client) ${name}(${parameters})`;
  const body = items
    ? ` iter.Seq2[${own}, error] {
	return pages[${own}](ctx, c, "${id}", ${given}, "${items.field}", options)
}`
    : response.kind === "named"
      ? ` (*${own}, error) {
	return respond[*${own}](ctx, c, "${id}", ${given}, options)
}`
      : ` (${own}, error) {
	return respond[${own}](ctx, c, "${id}", ${given}, options)
}`;
  return `${input}${input ? "\n" : ""}${start}${body}\n`;
}
