import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  createCollection,
  createSpellingDictionary,
  createSpellingDictionaryFromTrieFile,
} from "cspell-dictionary";
import { proseOf } from "./sentences.ts";

const require = createRequire(import.meta.url);
const file = join(
  dirname(require.resolve("@cspell/dict-en-gb-mit/cspell-ext.json")),
  "en_GB.trie.gz",
);
const english = createSpellingDictionaryFromTrieFile(
  gunzipSync(readFileSync(file)),
  "en-GB",
  file,
  {},
);
/** Names of products and terms of the field. */
const own = createSpellingDictionary(
  readFileSync(join(import.meta.dirname, "words.txt"), "utf8")
    .trim()
    .split(/\s+/),
  "own words",
  "words.txt",
  {},
);
const dictionary = createCollection([english, own], "words");

/** The words of a text that are in neither dictionary. Names of the code count as code, not as words. */
export function unknownWordsIn(text: string): string[] {
  const prose = proseOf(text.replaceAll(/^```.*?^ *```$/gms, ""));
  const words = prose.match(/(?<![\w/.@#…-])\p{L}[\p{L}'’]*(?![\w/@…=(]|\.\w)/gu) ?? [];
  return [...new Set(words)].filter((word) => !isName(word) && !isKnown(word));
}

function isKnown(word: string): boolean {
  const plain = word.replace(/['’](s|re|ve|ll|d|t|m)?$/, "");
  return dictionary.has(plain) || dictionary.has(word.replaceAll("’", "'"));
}

/** `putWebhook`, `SQS` and `URLs` are names. */
function isName(word: string): boolean {
  return /\p{Ll}\p{Lu}|^\p{Lu}{2,}(s|'s)?$|\p{Lu}{2}/u.test(word) || word.length < 3;
}
