import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as z from "zod/mini";

const Case = z.tuple([z.looseObject({}), z.looseObject({}), z.literal([0, 1])]);

const text = gunzipSync(readFileSync(new URL("cases.jsonl.gz", import.meta.url))).toString();
/** Random patterns and events with the verdict of Event Ruler: pattern, event, 1 where it matches. */
export const rulerCases = text
  .trim()
  .split("\n")
  .map((line) => Case.parse(JSON.parse(line)));
