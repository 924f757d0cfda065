import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { type CapturedRequest, checkSignatures, type SignatureCheck } from "./check-signatures.ts";
import { each, positiveInteger } from "./option-values.ts";
import type { Facts } from "./output/facts.ts";
import { Failure, unreadable } from "./output/failure.ts";
import { addSecretOptions, type SecretOptions, secretFrom } from "./secret-source.ts";
import { outputOf } from "./with-service.ts";

interface VerifyOptions extends SecretOptions {
  readonly publicKey?: string[];
  readonly tolerance?: number;
}

export function addVerify(program: Command): void {
  const verify = program
    .command("verify")
    .description("Check whether a received request is genuine, and by which signature.")
    .argument("[file]", "the request: headers, an empty line, the body (default: stdin)", "-")
    .option("--tolerance <seconds>", "how old it may be (default: 300)", positiveInteger)
    .option(
      "--public-key <whpk>",
      "verify with a public key of the cache instead of the secret; repeat it for several",
      each(String),
    );
  addSecretOptions(verify).action(
    async (file: string, options: VerifyOptions, command: Command) => {
      const { publicKey } = options;
      const key = publicKey ? { publicKey } : { secret: await secretFrom(command, options) };
      const bytes = await (file === "-" ? buffer(process.stdin) : readFile(file)).catch(
        unreadable(file),
      );
      const { tolerance } = options;
      const check = await checkSignatures(parseRawRequest(bytes), {
        ...key,
        ...(tolerance !== undefined && { toleranceSeconds: tolerance }),
      });
      outputOf(command).show(check, checkFacts(check, publicKey ? "a public key" : "the secret"));
      if (!check.verified) throw new Failure("notVerified", `not verified: ${check.reason}`);
    },
  );
}

function checkFacts({ verified, messageId, signatures }: SignatureCheck, what: string): Facts {
  return [
    ["verified", verified ? "yes" : "no", verified ? "good" : "bad"],
    ["message", messageId],
    ...signatures.map(({ header, position, fits }) => {
      const verdict = `${fits ? "matches" : "does not match"} ${what}`;
      return [header, position === 1 ? verdict : `${verdict} (value ${position})`] as const;
    }),
  ];
}

const requestLine = /^[A-Z]+ \S+ HTTP\/[\d.]+$/;
const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/;

/** A request as text: perhaps a request line, headers, an empty line, and then the body to the end. */
function parseRawRequest(bytes: Buffer): CapturedRequest {
  const [, head = "", gap = ""] = /^(.*?)(\r?\n\r?\n)/s.exec(bytes.toString("latin1")) ?? [];
  const lines = head.split(/\r?\n/);
  if (requestLine.test(lines[0] ?? "")) lines.shift();
  const headers = lines.map((line) => headerLine.exec(line));
  if (gap === "" || !headers.every((header) => header !== null)) {
    const advice = "It must be one header on each line, an empty line, and the raw body.";
    throw new Failure("usage", "this is not a request", { advice });
  }
  const named = headers.map(([, name = "", value = ""]) => [name.toLowerCase(), value]);
  return bodyOf(Object.fromEntries(named), bytes.subarray(head.length + gap.length));
}

/** Editors end a file with a newline, which the length that came with the request does not count. */
function bodyOf(headers: Record<string, string>, rest: Buffer): CapturedRequest {
  const length = Number(headers["content-length"] ?? rest.length);
  if (Number.isNaN(length) || length > rest.length) {
    throw new Failure("usage", `the body has ${rest.length} bytes, and content-length is another`);
  }
  return { headers, body: rest.subarray(0, length) };
}
