import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OutgoingRequest } from "../../../shared/domain/requests/outgoing-request.ts";
import { mintKeyPair, signingKey } from "../../../shared/domain/webhooks/signing-keys.ts";
import { isMissing } from "../../support/process/is-missing.ts";
import { sampleDelivery } from "../receivers/sample-delivery.ts";
import { codeBlock, readDocument } from "./code-blocks.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const [, rest = ""] = readDocument("docs/verify.md").split(/^## With a public key$/m);
const [section = ""] = rest.split(/^## /m);

const [pair, other] = [mintKeyPair(), mintKeyPair()];
const publicKey = `whpk_${pair.publicKey}`;
const signed = (agoMs = 0, ...pairs: (typeof pair)[]) =>
  sampleDelivery({
    secrets: [secret],
    sentTimeMs: Date.now() - agoMs,
    signingKeys: pairs.map(signingKey),
  });
const genuine = signed(0, pair);
const bytes = sampleDelivery({
  ...{ secrets: [secret] as [string], format: "raw" as const, signingKeys: [signingKey(pair)] },
  payload: { kind: "binary", base64: "/wD+/w==" },
});
const changed = (headers: Record<string, string>): OutgoingRequest => ({
  ...genuine,
  headers: { ...genuine.headers, ...headers },
});
const v1a = (genuine.headers["webhook-signature"] ?? "").split(" ")[1] ?? "";
const minuteMs = 60_000;

const cases: [what: string, delivery: OutgoingRequest, isGenuine: boolean][] = [
  ["a delivery", genuine, true],
  ["bytes that are no text", bytes, true],
  ["one that a newer key signed, too", signed(0, other, pair), true],
  ["one a little late", signed(3 * minuteMs, pair), true],
  ["nonsense before the signature", changed({ "webhook-signature": `v1a,*** x ${v1a}` }), true],
  ["another body", { ...genuine, body: Buffer.from("{}") }, false],
  ["another id", changed({ "webhook-id": "msg_1" }), false],
  ["an id with a dot", changed({ "webhook-id": "msg_1.1" }), false],
  [
    "another timestamp",
    changed({ "webhook-timestamp": String(Number(genuine.headers["webhook-timestamp"]) - 1) }),
    false,
  ],
  ["another key", signed(0, other), false],
  ["the secret's signature alone", signed(), false],
  [
    "a signature of another version",
    changed({ "webhook-signature": v1a.replace("v1a", "v1b") }),
    false,
  ],
  ["too old", signed(7 * minuteMs, pair), false],
  ["from the future", signed(-7 * minuteMs, pair), false],
  ["no signature", { ...genuine, headers: {} }, false],
];

/** As each language's program reads it: one case a line. */
const input = cases
  .map(([, { body, headers }]) =>
    JSON.stringify({ body: body.toString("base64"), headers, publicKey }),
  )
  .join("\n");
const expected = cases.map(([what, , isGenuine]) => [what, isGenuine]);

interface Language {
  readonly fence: string;
  readonly file: string;
  readonly command: readonly [string, ...string[]];
  /** What asks the page's function about each line of stdin, and prints `true` or `false`. */
  readonly main: string;
  /** Succeeds where what the function imports is installed. */
  readonly probe?: readonly [string, ...string[]];
}

const languages: Language[] = [
  {
    fence: "js",
    file: "main.mjs",
    command: [process.execPath, "main.mjs"],
    main: `
import { readFileSync } from "node:fs";
for (const line of readFileSync(0, "utf8").split("\\n")) {
  const { body, headers, publicKey } = JSON.parse(line);
  console.log(isGenuine(Buffer.from(body, "base64"), headers, publicKey));
}`,
  },
  {
    fence: "python",
    file: "main.py",
    command: ["python3", "main.py"],
    probe: ["python3", "-c", "import cryptography"],
    main: `
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    print(str(is_genuine(base64.b64decode(case["body"]), case["headers"], case["publicKey"])).lower())
`,
  },
  {
    fence: "go",
    file: "verify.go",
    command: ["go", "run", "verify.go", "main.go"],
    main: `package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var one struct {
			Body, PublicKey string
			Headers         map[string]string
		}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			panic(err)
		}
		body, _ := base64.StdEncoding.DecodeString(one.Body)
		fmt.Println(isGenuine(body, one.Headers, one.PublicKey))
	}
}
`,
  },
  {
    fence: "php",
    file: "main.php",
    command: ["php", "main.php"],
    probe: ["php", "-r", "exit(function_exists('sodium_crypto_sign_verify_detached') ? 0 : 1);"],
    main: `
foreach (explode("\\n", stream_get_contents(STDIN)) as $line) {
    $case = json_decode($line, true);
    echo is_genuine(base64_decode($case['body']), $case['headers'], $case['publicKey']) ? "true\\n" : "false\\n";
}
`,
  },
  {
    fence: "ruby",
    file: "main.rb",
    command: ["ruby", "main.rb"],
    probe: ["ruby", "-ropenssl", "-e", "OpenSSL::PKey.method(:new_raw_public_key)"],
    main: `
require "json"
STDIN.each_line do |line|
  one = JSON.parse(line)
  puts genuine?(one["body"].unpack1("m0"), one["headers"], one["publicKey"])
end
`,
  },
];

test.for(languages)(
  "the page's function in $fence believes what the key signed, and nothing else",
  async ({ fence, file, command: [program, ...args], main, probe }, { skip }) => {
    if (isMissing(program)) skip(`there is no ${program} on this machine`);
    if (probe) {
      const [tool, ...options] = probe;
      if (spawnSync(tool, options).status !== 0) skip(`${program} lacks what the function imports`);
    }
    const folder = await mkdtemp(join(tmpdir(), "hookcast-public-key-"));
    try {
      const source = codeBlock(section, fence);
      // Go takes a package apart into files; in the others the program follows the function.
      await writeFile(join(folder, file), fence === "go" ? source : source + main);
      if (fence === "go") await writeFile(join(folder, "main.go"), main);
      const { stdout, stderr } = spawnSync(program, args, { cwd: folder, input, encoding: "utf8" });
      const verdicts = stdout.trim().split("\n");
      expect(
        cases.map(([what], n) => [what, verdicts[n] === "true"]),
        stderr,
      ).toEqual(expected);
      expect(verdicts).toHaveLength(cases.length);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
