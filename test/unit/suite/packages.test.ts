import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { root } from "../../support/process/program.ts";

const Versions = z.optional(z.record(z.string(), z.string()));
const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  files: z.optional(z.array(z.string())),
  dependencies: Versions,
  devDependencies: Versions,
  peerDependencies: Versions,
  publishConfig: z.optional(z.object({ access: z.string(), provenance: z.boolean() })),
});

const read = (file: string) => readFileSync(join(root, file), "utf8");
const manifestAt = (file: string) => z.parse(Manifest, JSON.parse(read(file)));
const project = manifestAt("package.json");
const packages = readdirSync(join(root, "packages"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [name, manifestAt(`packages/${name}/package.json`)] as const);

test.for(packages)("packages/%s is published whole, openly and with provenance", ([, manifest]) => {
  expect(manifest).toMatchObject({
    license: project.license,
    version: project.version,
    files: ["dist"],
    publishConfig: { access: "public", provenance: true },
  });
});

test.for(packages)("packages/%s needs the versions that are tested", ([, manifest]) => {
  const own = project.devDependencies ?? {};
  for (const [name, version] of Object.entries(manifest.dependencies ?? {})) {
    expect(version, name).toBe(own[name]);
  }
  for (const [name, version] of Object.entries(manifest.peerDependencies ?? {})) {
    expect(version, name).toBe(`^${own[name]}`);
  }
});

test("the client needs no other package", () => {
  const client = packages.find(([name]) => name === "client")?.[1];
  expect(client?.dependencies).toBeUndefined();
  expect(client?.peerDependencies).toBeUndefined();
});

test("all packages get one version, and examples the archives that this version packs", () => {
  const names = packages.map(([, { name }]) => name).sort();
  const { fixed } = JSON.parse(read(".changeset/config.json"));
  expect(fixed.map((group: string[]) => group.toSorted())).toEqual([names]);
  for (const [example, name] of [
    ["client", "client"],
    ["lambda", "client"],
    ["portal-plain", "client"],
    ["portal-react", "client"],
    ["cdk-app", "cdk"],
    ["events-in", "cdk"],
  ] as const) {
    const { dependencies } = JSON.parse(read(`examples/${example}/package.json`));
    expect(dependencies[`@hookcast/${name}`]).toBe(
      `file:../../packages/hookcast-${name}-${project.version}.tgz`,
    );
  }
});

test("no document tells a reader to fetch a package of ours by its name, since npm has none", () => {
  const documents = ["README.md", "docs/cli.md", "docs/client.md", "docs/construct.md"].concat(
    packages.map(([name]) => `packages/${name}/README.md`),
  );
  const fetches =
    /npx (?!--no-install)(\S+ )*@?hookcast|npm (i|install)( -\S+)* @?hookcast(\s|\/|$)/;
  for (const document of documents) expect(read(document), document).not.toMatch(fetches);
});
