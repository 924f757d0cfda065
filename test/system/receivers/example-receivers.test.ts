import { randomBytes } from "node:crypto";
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mintSecret } from "../../../shared/domain/webhooks/webhook-secret.ts";
import { eventually } from "../../support/eventually.ts";
import { isMissing } from "../../support/process/is-missing.ts";
import { root } from "../../support/process/program.ts";
import { messageId } from "../../unit/samples.ts";
import { codeBlock, readDocument } from "../documents/code-blocks.ts";
import { forgedDeliveries, genuineDeliveries } from "./forged-deliveries.ts";
import {
  installReceiver,
  otherShell,
  reasonNotInstalled,
  statusOf,
} from "./receiver-installation.ts";

interface Example {
  readonly tools: readonly string[];
  /** In place of what its README says to install; the tests have the packages already. */
  readonly installPackages?: (folder: string) => Promise<void>;
}

const examples: Record<string, Example> = {
  express: { tools: ["npm"], installPackages: installNodePackages },
  fastapi: { tools: ["python3"] },
  go: { tools: ["go"] },
};

const secret = mintSecret(randomBytes(32));
const otherSecret = mintSecret(randomBytes(32));

test.for(Object.entries(examples))(
  "examples/%s stores what is genuine once, does its work once, and refuses the rest",
  async ([name, { tools, installPackages }], { skip }) => {
    const missing = tools.find(isMissing);
    if (missing) skip(`there is no ${missing} on this machine`);
    const commands = codeBlock(readDocument(`examples/${name}/README.md`), "sh")
      .trim()
      .split("\n");
    await using installed = await installReceiver(
      installPackages ? commands.slice(-1) : commands,
      async (folder) => {
        await cp(join(root, "examples", name), folder, { recursive: true });
        await installPackages?.(folder);
      },
    );
    const reason = reasonNotInstalled(installed);
    if (reason) skip(reason);
    expect(installed.exitCode, installed.output).toBe(0);

    {
      await using receiver = await installed.start(secret);
      expect(receiver.hasEnded(), receiver.output()).toBe(false);
      for (const [what, delivery] of forgedDeliveries(secret, otherSecret)) {
        expect(await statusOf(receiver, delivery), what).toBe(400);
      }
      expect(receiver.output()).not.toContain("stored");
      const genuine = genuineDeliveries(secret, otherSecret);
      for (const [what, delivery] of genuine) {
        expect(await statusOf(receiver, delivery), `${what}: ${receiver.output()}`).toBe(204);
      }
      await eventually(() => receiver.output().includes(`handled ${messageId}`));
      await eventually(
        () => times(receiver.output(), `seen before ${messageId}`) === genuine.length - 1,
      );
      expect(times(receiver.output(), `stored ${messageId}`)).toBe(1);
      expect(times(receiver.output(), `handled ${messageId}`)).toBe(1);
    }

    await using restarted = await installed.start(secret, otherShell());
    const sentAgain = genuineDeliveries(secret, otherSecret);
    for (const [, delivery] of sentAgain) {
      expect(await statusOf(restarted, delivery)).toBe(204);
    }
    await eventually(
      () => times(restarted.output(), `seen before ${messageId}`) === sentAgain.length,
    );
    expect(restarted.output()).not.toContain("handled");

    await using careless = await installed.start("");
    expect(careless.hasEnded(), "started without a secret").toBe(true);
  },
);

function times(text: string, part: string): number {
  return text.split(part).length - 1;
}

async function installNodePackages(folder: string): Promise<void> {
  const packages = join(folder, "node_modules");
  await mkdir(packages);
  for (const name of ["express", "libsql", "standardwebhooks"]) {
    await symlink(join(root, "node_modules", name), join(packages, name));
  }
}
