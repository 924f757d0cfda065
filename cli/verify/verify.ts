import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { checkSignatures, type SignatureCheck } from "../check-signatures.ts";
import { each, positiveInteger } from "../option-values.ts";
import type { Facts } from "../output/facts.ts";
import { Failure } from "../output/failure.ts";
import { unreadable } from "../output/unreadable.ts";
import { addSecretOptions, type SecretOptions, secretFrom } from "../secret-source.ts";
import { outputOf } from "../with-service.ts";
import { parseRawRequest } from "./raw-request.ts";

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
