import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../../../support/process/program.ts";

/** A text that people read: a whole document, or a sentence of a program with the line that it stands on. */
export interface Text {
  readonly path: string;
  readonly line: number;
  readonly value: string;
}

/** Its entries stay as they were written. */
const history = "CHANGELOG.md";

/** Its texts are code in other languages. */
const writesCode = "ops/clients/";

export function documents(): Text[] {
  return filesMatching("*.md")
    .filter((path) => path !== history)
    .map((path) => ({ path, line: 1, value: read(path) }));
}

/** What the CLI, the API, the console and the programs for operators say. */
export function programTexts(): Text[] {
  const patterns = ["cli", "console", "portal", "shared", "functions", "client", "ops"].flatMap(
    (folder) => [`${folder}/*.ts`, `${folder}/*.tsx`],
  );
  return filesMatching(...patterns)
    .filter((path) => !path.startsWith(writesCode) && !isForeign.test(path))
    .flatMap(textsIn);
}

/** What the portal says in other languages. */
const isForeign = /^portal\/language\/texts\/(?!en)/;

/** Lines of a usage text that show commands. */
const isSynopsis = /^usage:|^ {2,}|^\w+: {2,}/;

/** The texts of a source that read like prose: what stands between tags, and literals of three words or more. */
function textsIn(path: string): Text[] {
  const source = read(path);
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const texts: Text[] = [];
  const add = (node: ts.Node, value: string) => {
    const lines = value.split("\n").filter((line) => !isSynopsis.test(line));
    const text = lines.join(" ").replaceAll(/\s+/g, " ").trim();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    if (isProse(text)) texts.push({ path, line: line + 1, value: text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || isMarkup(node)) return;
    if (ts.isBinaryExpression(node) && isSum(node)) {
      const value = literal(node);
      if (value !== undefined) {
        add(node, value);
        return;
      }
    }
    const value = literal(node);
    if (value === undefined) ts.forEachChild(node, visit);
    else add(node, value);
    if (ts.isTemplateExpression(node))
      for (const span of node.templateSpans) visit(span.expression);
  };
  visit(file);
  return texts;
}

/** The text of a literal, of the text between tags, or of a sum of them; what is put in counts as a word. */
function literal(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => `\`x\`${span.literal.text}`).join("");
  }
  if (!ts.isBinaryExpression(node) || !isSum(node)) return undefined;
  const [left, right] = [literal(node.left), literal(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

function isSum({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** Attributes that no one reads. */
function isMarkup(node: ts.Node): boolean {
  return ts.isJsxAttribute(node) && /^(class|d|href|id|style|viewBox)$/.test(node.name.getText());
}

function isProse(text: string): boolean {
  return (
    /^[`"'(A-Za-z]/.test(text) && (text.match(/(^|\s)[A-Za-z]+(?=[\s,.;:!?]|$)/g) ?? []).length >= 3
  );
}

function filesMatching(...patterns: string[]): string[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", ...patterns];
  return execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
