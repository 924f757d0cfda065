import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";

const LambdaFunction = z.looseObject({
  Type: z.literal("AWS::Lambda::Function"),
  Properties: z.looseObject({
    Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
  }),
});
const Template = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** A copy of an assembly whose functions have these variables as well. */
export async function assemblyWith(
  assembly: string,
  copy: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  await cp(assembly, copy, { recursive: true });
  const file = join(copy, "Hookcast.template.json");
  const template = z.parse(Template, JSON.parse(await readFile(file, "utf8")));
  for (const [id, resource] of Object.entries(template.Resources)) {
    const { success, data: fn } = LambdaFunction.safeParse(resource);
    if (!success) continue;
    Object.assign(fn.Properties.Environment.Variables, variables);
    template.Resources[id] = fn;
  }
  await writeFile(file, JSON.stringify(template));
  return copy;
}
