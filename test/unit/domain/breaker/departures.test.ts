import fc from "fast-check";
import { expect, test } from "vitest";
import { departures, maxRideMs, spacingMs } from "../../../../shared/domain/breaker/slots.ts";

function slotsAt(perSecond: number, howMany: number): number[] {
  return Array.from({ length: howMany }, (_, index) => 10_000 + index * spacingMs(perSecond));
}

test("jobs whose slots are near each other are sent off together, five at most", () => {
  const groups = (perSecond: number) => [
    ...Map.groupBy(departures(slotsAt(perSecond, 20)), (timeMs) => timeMs).values(),
  ];
  expect(groups(0.4).map(({ length }) => length)).toEqual(Array(20).fill(1));
  expect(groups(1).map(({ length }) => length)).toEqual(Array(10).fill(2));
  expect(groups(2).map(({ length }) => length)).toEqual(Array(5).fill(4));
  expect(groups(100).map(({ length }) => length)).toEqual(Array(4).fill(5));
  expect(departures([])).toEqual([]);
});

test("nobody is sent off after its slot, or more than two seconds before it", () => {
  const gaps = fc.array(fc.double({ min: 0, max: 3_000, noNaN: true }), { maxLength: 100 });
  fc.assert(
    fc.property(gaps, (between) => {
      let timeMs = 10_000;
      const slotsMs = between.map((gapMs) => {
        timeMs += gapMs;
        return timeMs;
      });
      const departuresMs = departures(slotsMs);
      expect(departuresMs).toHaveLength(slotsMs.length);
      for (const [index, slotMs] of slotsMs.entries()) {
        const aheadMs = slotMs - (departuresMs[index] ?? Number.NaN);
        expect(aheadMs).toBeGreaterThanOrEqual(0);
        expect(aheadMs).toBeLessThanOrEqual(maxRideMs);
      }
    }),
  );
});
