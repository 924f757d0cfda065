import { expect, test, vi } from "vitest";
import { rememberDecisions } from "../../../shared/runtime/remembered-decisions.ts";

function remembering(cacheSeconds: number, maxRemembered?: number) {
  let nowMs = 1_000_000;
  const decide = vi.fn(async (authorization: string) => ({
    isAuthorized: authorization.startsWith("good"),
    authorization,
  }));
  const options = { cacheSeconds, now: () => nowMs, ...(maxRemembered && { maxRemembered }) };
  const remembered = rememberDecisions(decide, options);
  return { decide, remembered, pass: (ms: number) => (nowMs += ms) };
}

test.each(["good", "bad"])("asks about %s once within the time", async (authorization) => {
  const { decide, remembered, pass } = remembering(60);
  const first = await remembered(authorization);
  pass(59_999);
  expect(await remembered(authorization)).toEqual(first);
  expect(decide).toHaveBeenCalledOnce();
  pass(1);
  await remembered(authorization);
  expect(decide).toHaveBeenCalledTimes(2);
});

test("tells one key from another", async () => {
  const { remembered } = remembering(60);
  expect((await remembered("good")).isAuthorized).toBe(true);
  expect((await remembered("bad")).isAuthorized).toBe(false);
  expect((await remembered("good 2")).authorization).toBe("good 2");
});

test("remembers nothing where the time is 0", async () => {
  const { decide, remembered } = remembering(0);
  await remembered("good");
  await remembered("good");
  expect(decide).toHaveBeenCalledTimes(2);
});

test("junk displaces no key that works, however much of it comes", async () => {
  const { decide, remembered } = remembering(60, 3);
  await remembered("good");
  for (let n = 0; n < 20; n += 1) await remembered(`bad ${n}`);
  decide.mockClear();
  await remembered("good");
  expect(decide).not.toHaveBeenCalled();
  await remembered("bad 0");
  expect(decide).toHaveBeenCalledOnce();
});

test("remembers no failure", async () => {
  let isDown = true;
  const decide = async () => {
    if (isDown) throw new Error("down");
    return { isAuthorized: true };
  };
  const remembered = rememberDecisions(decide, { cacheSeconds: 60, now: () => 0 });
  await expect(remembered("good")).rejects.toThrow("down");
  isDown = false;
  expect(await remembered("good")).toEqual({ isAuthorized: true });
});
