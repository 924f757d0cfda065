import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { eventually } from "../../support/eventually.ts";
import { isMissing } from "../../support/process/is-missing.ts";
import { messageId } from "../../unit/samples.ts";
import { documentedSource, install, type ReceiverLanguage } from "./documented-receiver.ts";
import { forgedDeliveries, genuineDeliveries } from "./forged-deliveries.ts";
import { otherShell, reasonNotInstalled, statusOf } from "./receiver-installation.ts";
import { sampleDelivery } from "./sample-delivery.ts";

const languages: Record<string, ReceiverLanguage> = {
  Node: { fence: "js", file: "receiver.mjs", tools: ["npm"] },
  Python: { fence: "python", file: "receiver.py", tools: ["python3"] },
  Go: { fence: "go", file: "receiver.go", tools: ["go"] },
  PHP: { fence: "php", file: "receiver.php", tools: ["php", "composer"] },
  Ruby: { fence: "ruby", file: "receiver.rb", tools: ["ruby", "gem"] },
};

const secret = mintSecret(randomBytes(32));
const otherSecret = mintSecret(randomBytes(32));

test.for(Object.entries(languages))(
  "the guide's receiver in %s believes what its secret signed, and nothing else",
  async ([, language], { skip }) => {
    const missing = language.tools.find(isMissing);
    if (missing) skip(`there is no ${missing} on this machine`);

    await using installed = await install(language);
    const reason = reasonNotInstalled(installed);
    if (reason) skip(reason);
    expect(installed.exitCode, installed.output).toBe(0);

    await using receiver = await installed.start(secret);
    expect(receiver.hasEnded(), receiver.output()).toBe(false);
    for (const [what, delivery] of genuineDeliveries(secret, otherSecret)) {
      expect(await statusOf(receiver, delivery), `${what}: ${receiver.output()}`).toBe(204);
    }
    await eventually(() => receiver.output().includes(`verified ${messageId} paid`));
    for (const [what, delivery] of forgedDeliveries(secret, otherSecret)) {
      expect(await statusOf(receiver, delivery), what).not.toBe(204);
    }

    {
      await using again = await installed.start(secret, otherShell());
      for (const [what, delivery] of genuineDeliveries(secret, otherSecret)) {
        expect(await statusOf(again, delivery), `${what}: ${again.output()}`).toBe(204);
      }
    }

    await using careless = await installed.start("");
    const signedByAnyone = sampleDelivery({ secrets: ["whsec_"] });
    const refuses = careless.hasEnded() || (await statusOf(careless, signedByAnyone)) !== 204;
    expect(refuses, "started without a secret").toBe(true);
  },
);

test.for([
  ["php", "-l"],
  ["ruby", "-c"],
] as const)(
  "the guide's receiver has no syntax error that %s %s finds",
  ([tool, option], { skip }) => {
    if (isMissing(tool)) skip(`there is no ${tool} on this machine`);
    const { status, stderr } = spawnSync(tool, [option], { input: documentedSource(tool) });
    expect(status, String(stderr)).toBe(0);
  },
);
