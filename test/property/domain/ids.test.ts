import fc from "fast-check";
import { expect, test } from "vitest";
import { idTimeMs, isId, mintId, mintUlid, ulidBytes } from "../../../shared/domain/ids.ts";
import { notificationId } from "../../../shared/domain/requests/render.ts";

const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const randoms = fc.uint8Array({ minLength: 10, maxLength: 10 });

test("gives back the time and the bytes that were put in", () => {
  fc.assert(
    fc.property(times, randoms, (timeMs, random) => {
      const id = mintId("msg", timeMs, random);
      expect(isId("msg", id)).toBe(true);
      expect(idTimeMs(id)).toBe(timeMs);
      expect(ulidBytes(mintUlid(timeMs, random)).subarray(6)).toEqual(Buffer.from(random));
    }),
  );
});

test("sorts as text in the order of time", () => {
  fc.assert(
    fc.property(times, times, randoms, randoms, (a, b, randomA, randomB) => {
      fc.pre(a !== b);
      expect(mintUlid(a, randomA) < mintUlid(b, randomB)).toBe(a < b);
    }),
  );
});

test("makes every message's notification id a UUID that shows its time", () => {
  fc.assert(
    fc.property(times, randoms, (timeMs, random) => {
      const uuid = notificationId(mintId("msg", timeMs, random));
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16)).toBe(timeMs);
    }),
  );
});
