import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { editedAssembly, Template } from "./edited-assembly.ts";

const Assets = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })),
});

const templateFile = "Hookcast.template.json";
const assetsFile = "Hookcast.assets.json";

/**
 * A stack in the middle of an update, as CloudFormation goes through it: roles, tables and queues are those of
 * `target` already, and some functions still (or again) are those of `other`, with their variables.
 */
export async function mixedAssembly(
  target: string,
  other: string,
  isOfOther: (logicalId: string) => boolean,
): Promise<string> {
  const theirs = Template.parse(JSON.parse(await readFile(join(other, templateFile), "utf8")));
  let swapped = 0;
  const mixed = await editedAssembly(
    (resources) => {
      for (const [logicalId, resource] of Object.entries(theirs.Resources)) {
        if (resource.Type !== "AWS::Lambda::Function" || !isOfOther(logicalId)) continue;
        if (!resources[logicalId]) throw new Error(`${logicalId} is not in both versions`);
        resources[logicalId] = resource;
        swapped += 1;
      }
    },
    undefined,
    target,
  );
  if (swapped === 0) throw new Error("no function was swapped");
  const [ours, added] = await Promise.all([assetsOf(mixed), assetsOf(other)]);
  for (const [id, file] of Object.entries(added.files)) {
    if (ours.files[id]) continue;
    ours.files[id] = file;
    await cp(join(other, file.source.path), join(mixed, file.source.path), { recursive: true });
  }
  await writeFile(join(mixed, assetsFile), JSON.stringify(ours));
  return mixed;
}

async function assetsOf(folder: string) {
  return Assets.parse(JSON.parse(await readFile(join(folder, assetsFile), "utf8")));
}
