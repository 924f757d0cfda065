import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod/mini";
import { bundleFunctions } from "../../../infra/constructs/bundle.ts";
import { entries } from "../../../infra/functions.ts";
import { readAssembly } from "../../../local/assembly.ts";
import { isCalled } from "../../faults/run/injector.ts";
import { root } from "../../support/process/program.ts";

const probe = pathToFileURL(join(import.meta.dirname, "worker-probe.ts")).href;

const LambdaFunction = z.looseObject({
  Type: z.literal("AWS::Lambda::Function"),
  Properties: z.looseObject({
    Code: z.object({ S3Bucket: z.unknown(), S3Key: z.string() }),
    Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
  }),
});
const Template = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** A copy of an assembly whose functions carry a probe, and these of them source maps as well. */
export async function profiledAssembly(
  assembly: string,
  copy: string,
  mapped: readonly string[],
): Promise<string> {
  await cp(assembly, copy, { recursive: true });
  const { assetFolders } = await readAssembly(copy);
  const chosen = Object.fromEntries(mapped.map((name) => [name, entries[name] ?? ""]));
  using bundles = await bundleFunctions(root, chosen, { sourcemap: true });

  const file = join(copy, "Hookcast.template.json");
  const template = z.parse(Template, JSON.parse(await readFile(file, "utf8")));
  for (const [id, resource] of Object.entries(template.Resources)) {
    const { success, data: fn } = LambdaFunction.safeParse(resource);
    if (!success) continue;
    fn.Properties.Environment.Variables.NODE_OPTIONS = `--import=${probe}`;
    template.Resources[id] = fn;
    const name = mapped.find((one) => isCalled(id, one));
    const folder = assetFolders.get(fn.Properties.Code.S3Key);
    if (name && folder) await cp(bundles.folderOf(name), folder, { recursive: true });
  }
  await writeFile(file, JSON.stringify(template));
  return copy;
}
