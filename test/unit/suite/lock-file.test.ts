import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";

const Entry = z.looseObject({
  integrity: z.optional(z.string()),
  resolved: z.optional(z.string()),
  link: z.optional(z.boolean()),
  inBundle: z.optional(z.boolean()),
});
const Lock = z.object({ packages: z.record(z.string(), Entry) });

const file = new URL("../../../package-lock.json", import.meta.url);
const { packages } = Lock.parse(JSON.parse(readFileSync(file, "utf8")));
const downloaded = Object.entries(packages).filter(
  // What comes in another package's archive is covered by that one's integrity.
  ([path, { link, inBundle }]) => path !== "" && !link && !inBundle,
);

test("every package that is downloaded has an integrity, for every platform", () => {
  expect(downloaded.length).toBeGreaterThan(100);
  const lacking = downloaded.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-"));
  expect(lacking.map(([path]) => path)).toEqual([]);
});

test("what comes in a bundle lies in a package that has an integrity", () => {
  const paths = new Set(downloaded.map(([path]) => path));
  const bundled = Object.entries(packages).filter(([, { inBundle }]) => inBundle);
  for (const [path] of bundled) {
    const owners = [...paths].filter((owner) => path.startsWith(`${owner}/node_modules/`));
    expect(owners, path).not.toEqual([]);
  }
});

test("no entry names a registry: whoever installs takes the one that npm is set to", () => {
  const named = Object.entries(packages).filter(([, { resolved, link }]) => resolved && !link);
  expect(named.map(([path]) => path)).toEqual([]);
});
