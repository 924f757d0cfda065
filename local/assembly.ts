import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { SynthesizedStack } from "./template/stack.ts";
import { Template } from "./template/template.ts";

const Artifact = z.object({
  type: z.string(),
  properties: z._default(
    z.object({
      templateFile: z.optional(z.string()),
      stackName: z.optional(z.string()),
      file: z.optional(z.string()),
    }),
    {},
  ),
});

const Manifest = z.object({ artifacts: z.record(z.string(), Artifact) });

const Assets = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** Reads a folder that the CDK has synthesized: its one stack, and where the functions' code lies. */
export async function readAssembly(folder: string): Promise<SynthesizedStack> {
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), "utf8"));
  const manifest = Manifest.parse(await read("manifest.json"));
  const artifacts = Object.entries(manifest.artifacts);
  const ofType = (type: string) => artifacts.filter(([, artifact]) => artifact.type === type);

  const [stack, another] = ofType("aws:cloudformation:stack");
  if (!stack || another) throw new Error(`${folder} does not hold exactly one stack`);
  const [artifactId, { properties }] = stack;
  const assetFolders = new Map<string, string>();
  for (const [, assets] of ofType("cdk:asset-manifest")) {
    const { files } = Assets.parse(await read(assets.properties.file ?? ""));
    for (const { source, destinations } of Object.values(files)) {
      if (source.packaging !== "zip") continue;
      for (const { objectKey } of Object.values(destinations)) {
        assetFolders.set(objectKey, join(folder, source.path));
      }
    }
  }
  return {
    stackName: properties.stackName ?? artifactId,
    template: Template.parse(await read(properties.templateFile ?? `${artifactId}.template.json`)),
    assetFolders,
  };
}
