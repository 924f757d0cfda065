import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import * as z from "zod/mini";

const Resource = z.looseObject({ Type: z.string(), Properties: z.optional(z.unknown()) });
export const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });
export type Resources = z.infer<typeof Template>["Resources"];

/**
 * A copy of an assembly, of the one that all tests share unless another is given, with other resources; it
 * lasts as long as the test, or until whatever `onEnd` waits for.
 */
export async function editedAssembly(
  edit: (resources: Resources) => void,
  onEnd: (remove: () => Promise<void>) => void = onTestFinished,
  assembly = process.env.HOOKCAST_TEST_ASSEMBLY,
): Promise<string> {
  if (!assembly) throw new Error("there is no shared assembly to edit");
  const copy = await mkdtemp(join(tmpdir(), "hookcast-edited-"));
  onEnd(() => rm(copy, { recursive: true, force: true }));
  await cp(assembly, copy, { recursive: true });

  const file = join(copy, "Hookcast.template.json");
  const template = Template.parse(JSON.parse(await readFile(file, "utf8")));
  const before = JSON.stringify(template);
  edit(template.Resources);
  if (JSON.stringify(template) === before) throw new Error("the edit has changed nothing");
  await writeFile(file, JSON.stringify(template));
  return copy;
}
