import { expect, test } from "vitest";
import {
  claim,
  leaseMs,
  putBackTimeMs,
} from "../../../../shared/domain/attempts/delivery-record.ts";
import { deliveryWith, jobWith } from "../../samples.ts";

const nowMs = 1_700_000_000_000;
const second = jobWith({ attempt: 2 });

test("lets a free attempt be made", () => {
  expect(claim(deliveryWith(), second, nowMs)).toBe("make");
  expect(claim({ ...deliveryWith(), leaseUntilMs: null }, second, nowMs)).toBe("make");
});

test("lets an attempt be made whose head row was never written", () => {
  expect(claim(undefined, second, nowMs)).toBe("make");
});

test("holds an attempt until its lease ends, and no longer", () => {
  const held = { ...deliveryWith(), leaseUntilMs: nowMs + leaseMs };
  expect(claim(held, second, nowMs)).toBe("held");
  expect(claim(held, second, nowMs + leaseMs - 1)).toBe("held");
  expect(claim(held, second, nowMs + leaseMs)).toBe("make");
});

test("forgives a clock a little ahead of ours, and does not wait for one that has jumped", () => {
  const until = (leaseUntilMs: number) => ({ ...deliveryWith(), leaseUntilMs });
  expect(claim(until(nowMs + leaseMs + 5_000), second, nowMs)).toBe("held");
  expect(claim(until(nowMs + 2 * leaseMs + 1), second, nowMs)).toBe("make");
});

test("drops what was made already, even under a lease", () => {
  const held = { leaseUntilMs: nowMs + leaseMs };
  expect(claim({ ...deliveryWith({ attemptCount: 2 }), ...held }, second, nowMs)).toBe("settled");
  expect(claim(deliveryWith({ status: "delivered" }), second, nowMs)).toBe("settled");
  expect(claim(deliveryWith({ status: "failed" }), second, nowMs)).toBe("settled");
});

test("lets a newer generation ignore the older one's lease, and ends the older", () => {
  const held = { ...deliveryWith(), leaseUntilMs: nowMs + leaseMs };
  expect(claim(held, jobWith({ generation: 2 }), nowMs)).toBe("make");
  expect(claim(deliveryWith({ generation: 2, attemptCount: 0 }), second, nowMs)).toBe("settled");
});

test("copies of a job that are put back get rows of their own, near the old place", () => {
  const job = jobWith({ notBeforeMs: nowMs });
  const times = [0, 0.3, 0.999].map((random) => putBackTimeMs(job, random));
  expect(new Set([nowMs, ...times]).size).toBe(4);
  expect(Math.max(...times)).toBeLessThanOrEqual(nowMs + 1_000);
});
