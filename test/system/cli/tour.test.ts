import { expect, test } from "vitest";
import { codeBlocks, readDocument } from "../documents/code-blocks.ts";
import { startShellSession, typeBlock } from "../documents/shell-session.ts";
import { missingShell } from "../documents/shells.ts";

test.for(["bash", "zsh"] as const)(
  "the tour of the command line works as it stands, in one %s session",
  async (shell, { skip }) => {
    const missing = missingShell(shell);
    if (missing) return skip(missing);
    await using session = await startShellSession(shell);
    const blocks = codeBlocks(readDocument("docs/cli.md"), "bash");
    expect(blocks.length).toBeGreaterThan(5);
    for (const [index, block] of blocks.entries()) await typeBlock(session, block, index);
    session.child.stdin?.end();
    await session.exited;

    const output = session.stdout();
    expect(output).toMatch(/^added here$/m);
    expect(output).toMatch(/^msg_\S+ +failed +1 /m);
    expect(output).toMatch(/^ *1 +\S+ +410 /m);
    expect(output).toMatch(/^inactive \(gone\)$/m);
    expect(output).toMatch(/^sent again +1$/m);
    expect(output).toMatch(/ {2}verified {2}answered 200 {2}.*"orderId": 12345678901234567890/);
    expect(output).toMatch(/^msg_\S+ +delivered +1 /m);
    expect(output).toMatch(/^deleted orders\/billing$/m);
    expect(session.stderr()).not.toContain("hookcast: ");
  },
);
