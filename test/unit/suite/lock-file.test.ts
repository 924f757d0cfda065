import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";

const Entry = z.looseObject({
  integrity: z.optional(z.string()),
  license: z.optional(z.string()),
  resolved: z.optional(z.string()),
  link: z.optional(z.boolean()),
  inBundle: z.optional(z.boolean()),
});
const Lock = z.object({ packages: z.record(z.string(), Entry) });

const files = ["package-lock.json", "site/package-lock.json"];

function packagesOf(file: string) {
  const url = new URL(`../../../${file}`, import.meta.url);
  const { packages } = Lock.parse(JSON.parse(readFileSync(url, "utf8")));
  const downloaded = Object.entries(packages).filter(
    // What comes in another package's archive is covered by that one's integrity; what has no `node_modules` in its
    // path is a folder of the repository.
    ([path, { link, inBundle }]) => path.includes("node_modules/") && !link && !inBundle,
  );
  return { packages, downloaded };
}

test.for(files)("every package that %s downloads has an integrity, for every platform", (file) => {
  const { downloaded } = packagesOf(file);
  expect(downloaded.length).toBeGreaterThan(100);
  const lacking = downloaded.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-"));
  expect(lacking.map(([path]) => path)).toEqual([]);
});

test.for(files)("what comes in a bundle of %s lies in a package that has an integrity", (file) => {
  const { packages, downloaded } = packagesOf(file);
  const paths = new Set(downloaded.map(([path]) => path));
  const bundled = Object.entries(packages).filter(([, { inBundle }]) => inBundle);
  for (const [path] of bundled) {
    const owners = [...paths].filter((owner) => path.startsWith(`${owner}/node_modules/`));
    expect(owners, path).not.toEqual([]);
  }
});

test.for(files)("no entry of %s names a registry: npm takes the one that it is set to", (file) => {
  const { packages } = packagesOf(file);
  const named = Object.entries(packages).filter(([, { resolved, link }]) => resolved && !link);
  expect(named.map(([path]) => path)).toEqual([]);
});

/** What a tool that we do not ship may have. */
const licences = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0)$/;

test("whatever builds the docs site has a licence that asks for no more than to be told", () => {
  const { downloaded } = packagesOf("site/package-lock.json");
  const others = downloaded.filter(([, { license = "none" }]) => !licences.test(license));
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});
