import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { root, startProgram } from "../process/program.ts";

const CdkJson = z.object({ context: z._default(z.record(z.string(), z.unknown()), {}) });

/** Synthesizes the stack as the local run does, with other settings where they are given; gives the folder. */
export async function synthesize(
  outputFolder: string,
  settings: Record<string, unknown> = {},
): Promise<string> {
  const onHere = { console: true, ingest: true, outbox: true, publishUrl: true };
  const here = { allowPrivateDestinations: true, ...onHere };
  const { context } = CdkJson.parse(JSON.parse(await readFile(join(root, "cdk.json"), "utf8")));
  const env = {
    ...process.env,
    CDK_OUTDIR: outputFolder,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...here, ...settings }),
    // Takes longer than all the rest; test/infra/rules.test.ts has the CDK's rules judge the template.
    CDK_VALIDATION: "false",
  };
  await mkdir(outputFolder, { recursive: true });
  await using app = startProgram(process.execPath, [join(root, "infra/app.ts")], {
    env,
    cwd: outputFolder,
  });
  const exitCode = await app.exited;
  if (exitCode !== 0) throw new Error(`synthesis failed (${exitCode}):\n${app.stderr()}`);
  return outputFolder;
}
