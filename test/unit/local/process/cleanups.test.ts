import { expect, test } from "vitest";
import { createCleanups } from "../../../../local/process/cleanups.ts";

test("undoes everything, the latest first, even where one fails", async () => {
  const undone: string[] = [];
  const cleanups = createCleanups();
  cleanups.defer(() => undone.push("first"));
  cleanups.use({ [Symbol.dispose]: () => void undone.push("second") });
  cleanups.defer(() => Promise.reject(new Error("third fails")));
  cleanups.use({ [Symbol.asyncDispose]: async () => void undone.push("fourth") });
  await expect(cleanups[Symbol.asyncDispose]()).rejects.toThrow("third fails");
  expect(undone).toEqual(["fourth", "second", "first"]);
  await cleanups[Symbol.asyncDispose]();
  expect(undone).toHaveLength(3);
});

test("leaves what was handed over to its new owner", async () => {
  const undone: string[] = [];
  const cleanups = createCleanups();
  cleanups.defer(() => undone.push("moved"));
  const moved = cleanups.move();
  await cleanups[Symbol.asyncDispose]();
  expect(undone).toEqual([]);
  await moved[Symbol.asyncDispose]();
  expect(undone).toEqual(["moved"]);
});
