import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { type Program, startFile } from "../../support/process/program.ts";
import { codeBlock, codeBlocks, readDocument } from "./code-blocks.ts";
import { startShellReaders } from "./shell-readers.ts";
import { shellNames } from "./shells.ts";

const Put = z.object({ response: z.object({ secretString: z.string() }) });
const Published = z.object({ response: z.object({ messageId: z.string() }) });

const page = readDocument("docs/migrate-from-your-own-sender.md");
const sections = page.split(/^## A sender that signs as /m).slice(1);
const readers = startShellReaders();
const folder = await mkdtemp(join(tmpdir(), "hookcast-own-sender-"));
// Receivers find the vendors' libraries where these tests do.
await symlink(resolve("node_modules"), join(folder, "node_modules"));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface OwnReceiver extends AsyncDisposable {
  readonly program: Program;
  readonly url: string;
}

async function startOwnReceiver(section: string, name: string): Promise<OwnReceiver> {
  const port = String(await freePort());
  const [, secret = ""] = /"secretString": "(.+)"/.exec(section) ?? [];
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, codeBlock(section, "js"));
  const program = startFile(file, [], { SECRET: secret, PORT: port });
  const url = `http://127.0.0.1:${port}/`;
  await eventually(() => fetch(url, { method: "POST", body: "{}" }));
  return { program, url, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

test.for(shellNames)(
  "in %s receivers in the styles of GitHub, Stripe and Slack go on as their customers wrote them",
  async (shell, { skip }) => {
    const { type, receiver: witness } = readers.in(shell, skip);
    expect(sections).toHaveLength(3);
    await using stack = new AsyncDisposableStack();
    const receivers: OwnReceiver[] = [];
    for (const [index, section] of sections.entries()) {
      const receiver = stack.use(await startOwnReceiver(section, `${shell}-${index}`));
      receivers.push(receiver);
      const { secretString } = Put.parse(
        await type(codeBlock(section, "bash"), { RECEIVER: receiver.url }),
      ).response;
      expect(section).toContain(secretString);
    }
    const publish = codeBlocks(page, "bash").at(-1) ?? "";
    Published.parse(await type(publish));
    for (const { program } of receivers) {
      await eventually(() => program.stdout().includes("verified order.paid 1024"));
    }
    // What was signed for one of them is refused when a byte of it differs.
    const [github = ""] = sections;
    await type(codeBlock(github, "bash"), { RECEIVER: `${witness.url}/github` });
    const { messageId } = Published.parse(await type(publish)).response;
    const { headers, body } = await eventually(() => witness.find("/github", messageId));
    const replay = (bytes: Buffer) =>
      fetch(receivers[0]?.url ?? "", {
        method: "POST",
        headers: { "x-hub-signature-256": headers["x-hub-signature-256"] ?? "" },
        body: new Uint8Array(bytes),
      });
    expect((await replay(body)).status).toBe(204);
    expect((await replay(Buffer.concat([body, Buffer.from(" ")]))).status).toBe(401);
  },
);
