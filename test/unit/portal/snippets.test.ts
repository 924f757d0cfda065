import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { snippets } from "../../../portal/state/snippets.ts";
import { root } from "../../support/process/program.ts";

/** Its programs are run by the tests of documents. */
const document = readFileSync(join(root, "docs/verify.md"), "utf8");
const linesOf = (text: string) => text.split("\n").map((line) => line.trim());
const known = linesOf(document);

const isComment = (line: string) => /^(\/\/|#)/.test(line);
/** Go's snippet has in a row what its program has in an `if`. */
const joined = [
  "err = webhook.Verify(body, request.Header)",
  "body, err := io.ReadAll(request.Body)",
];

test.each(Object.entries(snippets))(
  "the snippet in %s is a part of a tested program",
  (_, code) => {
    const lines = linesOf(code).filter((line) => line !== "" && !isComment(line));
    expect(lines.filter((line) => !known.includes(line) && !joined.includes(line))).toEqual([]);
    expect(lines.some((line) => /verify/i.test(line))).toBe(true);
  },
);
