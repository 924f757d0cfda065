import { AwsError } from "./aws-error.ts";
import type { Protocol } from "./protocol.ts";

type Tree = { [name: string]: Tree | string };

/** AWS's older protocol: a call is a form, an answer is XML. */
export const queryProtocol: Protocol = {
  read: (_, body) => {
    const tree: Tree = Object.create(null);
    for (const [name, value] of new URLSearchParams(body)) place(tree, name.split("."), value);
    const { Action, Version: _version, ...input } = tree;
    if (typeof Action !== "string") {
      throw new AwsError("MissingAction", "The body names no Action");
    }
    return { action: Action, input: structured(input) };
  },
  output: (output, { action, requestId }) => {
    const metadata = xml("ResponseMetadata", { RequestId: requestId });
    const inner = `${xml(`${action}Result`, output)}${metadata}`;
    const body = `<${action}Response xmlns="${namespace}">${inner}</${action}Response>`;
    return { contentType: "text/xml", body };
  },
  error: ({ code, queryCode, message, status }, { requestId }) => {
    const Type = status < 500 ? "Sender" : "Receiver";
    // What other services call AccessDenied.
    const Code = queryCode === "AccessDenied" ? "AuthorizationError" : (queryCode ?? code);
    const inner = `${xml("Error", { Type, Code, Message: message })}${xml("RequestId", requestId)}`;
    return {
      contentType: "text/xml",
      body: `<ErrorResponse xmlns="${namespace}">${inner}</ErrorResponse>`,
    };
  },
};

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/** `Entries.member.1.Id` is the member Id of the first of the Entries. */
function place(tree: Tree, [name = "", ...deeper]: string[], value: string): void {
  if (deeper.length === 0) {
    tree[name] = value;
    return;
  }
  const below = tree[name];
  const next: Tree = typeof below === "object" ? below : Object.create(null);
  tree[name] = next;
  place(next, deeper, value);
}

/** Lists are trees of numbers below `member`, and maps below `entry`. */
function structured(tree: Tree | string): unknown {
  if (typeof tree === "string") return tree;
  const list = tree.member ?? tree.entry;
  if (typeof list === "object" && Object.keys(tree).length === 1) {
    const numbered = Object.entries(list).toSorted(([one], [other]) => Number(one) - Number(other));
    return numbered.map(([, item]) => structured(item));
  }
  return Object.fromEntries(Object.entries(tree).map(([name, below]) => [name, structured(below)]));
}

function xml(name: string, value: unknown): string {
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => xml("member", item)).join("");
  if (typeof value !== "object" || value === null) return escaped(String(value));
  return Object.entries(value)
    .map(([name, inner]) => xml(name, inner))
    .join("");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}
