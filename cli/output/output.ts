import { printable } from "../../shared/contract/values/printable.ts";
import { type Facts, factsText } from "./facts.ts";
import { lineText, type Part } from "./line.ts";
import { type ColorChoice, paintWith, usesColor } from "./paint.ts";
import { type Column, tableText } from "./table.ts";

/** What a command says, to people or, with `--json`, to programs. */
export interface Output {
  readonly isJson: boolean;
  /** One JSON document a line for programs, a table for people. */
  list<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void;
  /** One JSON document for programs, a sentence or facts for people. */
  show(document: unknown, forPeople: string | Facts): void;
  /** One JSON document for programs, where there is one; parts beside each other for people. */
  line(document: unknown, parts: readonly Part[]): void;
  /** The same where the document is JSON already, in which integers of any size survive. */
  showText(json: string, facts: Facts): void;
  /** What was published, to whoever asks; on a terminal it is made harmless. */
  bytes(content: Buffer): void;
  /** A document that is JSON for everybody: on one line for programs, indented for people. */
  json(document: unknown): void;
  /** One JSON document for programs; people are told otherwise. */
  document(document: unknown): void;
  /** For people alone. */
  sentence(text: string): void;
  /** Beside the result, on stderr; programs are not told. */
  note(sentence: string): void;
}

export interface OutputOptions {
  readonly json?: true;
  readonly color?: ColorChoice;
}

export function openOutput({ json, color }: OutputOptions): Output {
  const isJson = json === true;
  const paint = paintWith(!isJson && usesColor(process.stdout, color));
  const sheet = () => ({ width: process.stdout.columns, paint });
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const printJson = (document: unknown) => print(printable(JSON.stringify(document)));
  return {
    isJson,
    list(rows, columns) {
      if (isJson) rows.forEach(printJson);
      else if (rows.length > 0) print(tableText(rows, columns, sheet()));
    },
    show(document, forPeople) {
      if (isJson) printJson(document);
      else
        print(typeof forPeople === "string" ? printable(forPeople) : factsText(forPeople, sheet()));
    },
    line(document, parts) {
      if (!isJson) print(lineText(parts, sheet()));
      else if (document !== undefined) printJson(document);
    },
    showText(json, facts) {
      // These stand between tokens only: within texts JSON has them escaped.
      print(isJson ? printable(json.replaceAll(/[\n\r\t]/g, " ")) : factsText(facts, sheet()));
    },
    bytes(content) {
      if (!process.stdout.isTTY) process.stdout.write(content);
      else print(content.toString().split("\n").map(printable).join("\n"));
    },
    json(document) {
      if (isJson) printJson(document);
      else for (const line of JSON.stringify(document, null, 2).split("\n")) print(printable(line));
    },
    document(document) {
      if (isJson) printJson(document);
    },
    sentence(text) {
      if (!isJson) print(printable(text));
    },
    note(sentence) {
      if (!isJson) process.stderr.write(`${printable(sentence)}\n`);
    },
  };
}
