import { resolve } from "node:path";
import { expect, test } from "vitest";
import { adviceOnOpenFiles, checkOpenFiles } from "../../../local/starting/open-files.ts";
import { readSettings } from "../../../local/starting/settings.ts";
import { startFailure } from "../../../local/starting/start-failure.ts";

const defaults = { port: 3000, dataDir: resolve(".hookcast"), allowedHosts: [] };

test.each([undefined, "", " "])("takes a variable that is %j for one that is not set", (value) => {
  const environment = { PORT: value, HOOKCAST_DATA_DIR: value, HOOKCAST_ALLOWED_HOSTS: value };
  expect(readSettings(environment)).toEqual(defaults);
});

test("takes what is set", () => {
  const environment = { PORT: "0", HOOKCAST_DATA_DIR: "/x/y", HOOKCAST_ALLOWED_HOSTS: "dev" };
  expect(readSettings(environment)).toMatchObject({
    ...{ port: 0, dataDir: resolve("/x/y"), allowedHosts: [{ name: "dev" }] },
  });
});

test("refuses to start with too few files to open, and warns of few", () => {
  expect(checkOpenFiles(255)).toEqual({ refusal: expect.stringContaining("ulimit -n") });
  expect(checkOpenFiles(256)).toEqual({ warning: expect.stringContaining("ulimit -n") });
  expect(checkOpenFiles(1024)).toEqual({});
  expect(checkOpenFiles(Number.POSITIVE_INFINITY)).toEqual({});
});

test.each([
  ["EMFILE: too many open files, open 'x'", /ulimit -n/],
  ["IO error: 000003.log: Too many open files", /ulimit -n/],
  ["ENOSPC: no space left on device, write", /free some space/],
  ["the queues in x cannot be opened: database or disk is full", /free some space/],
])("says what to do about %j", (message, advice) => {
  expect(startFailure(new Error(message))).toMatch(advice);
});

test("has no advice on open files where they are not what went wrong", () => {
  expect(adviceOnOpenFiles("ECONNREFUSED 127.0.0.1:9")).toBeUndefined();
});
