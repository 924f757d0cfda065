import { readFileSync, symlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publish, putWebhook } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { startShellSession, typeBlock } from "./shell-session.ts";
import { missingShell } from "./shells.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");

/** The fenced blocks of a language in their order, but those that a comment marks as not run. */
function blocksOf(language: string): string[] {
  const fence = new RegExp(`(<!-- not run[^>]*-->\\n)?^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...readme.matchAll(fence)].flatMap(([, mark, block]) => (mark || !block ? [] : [block]));
}

test.for(["bash", "zsh"] as const)(
  "the tour works as it stands, in one %s session in a fresh copy",
  async (shell, { skip }) => {
    const missing = missingShell(shell);
    if (missing) return skip(missing);
    await using session = await startShellSession(shell);
    for (const [index, block] of blocksOf("bash").entries()) {
      await typeBlock(session, block, index);
      // A person goes on once the receiver has printed what the text promises.
      if (block.includes("/topics/"))
        await eventually(() => / {2}verified {2}/.test(session.stdout()));
    }
    session.child.stdin?.end();
    await session.exited;

    expect(session.stdout()).toMatch(/^hookcast ready http:\S+ key=hk_\S+$/m);
    expect(session.stdout()).toMatch(
      /^\S+ {2}msg_\S+ {2}attempt 1 .* {2}verified {2}answered 200 .*"orderId": 12345678901234567890/m,
    );
    expect(session.stdout()).toContain('"webhookName":"billing"');
    expect(session.stdout()).toMatch(/"secret":"whsec_[^"]+"/);
    expect(session.stdout()).toContain('{"status":"success","response":{}}');
    expect(session.stdout()).not.toContain('"status":"error"');
  },
);

test("the receiver of the README verifies a delivery with an independent library", async () => {
  await using service = await startLocalRun();
  const call = api(service.url, service.key);
  const port = String(await freePort());
  const { secretString } = await putWebhook(call, {
    ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
    postUrl: `http://127.0.0.1:${port}/`,
  });
  const [source = ""] = blocksOf("js");
  expect(readFileSync(join(root, "docs/verify.md"), "utf8")).toContain(source);
  const file = join(service.dataDir, "receiver.mjs");
  await writeFile(file, source);
  symlinkSync(join(root, "node_modules"), join(service.dataDir, "node_modules"));
  await using receiver = startProgram(process.execPath, [file], {
    env: { ...process.env, SECRET: secretString, PORT: port },
  });
  await eventually(() => fetch(`http://127.0.0.1:${port}/`));

  const messageId = await publish(call, "orders", "paid", { amount: 12 });
  await eventually(() => receiver.stdout().includes(`verified ${messageId} paid { amount: 12 }`));
});
