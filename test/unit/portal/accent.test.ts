import * as fc from "fast-check";
import { expect, test } from "vitest";
import { contrastOf, readableAccent } from "../../../portal/state/accent.ts";

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((colour) => `#${colour.toString(16).padStart(6, "0")}`);

/** What texts and links stand on, in console/styles/theme.css. */
const grounds = {
  light: ["#ffffff", "#f6f7f9", "#f0f2f5"],
  dark: ["#0d1014", "#14181e", "#1c222b"],
} as const;

test.each(["light", "dark"] as const)("whatever the accent, it can be read in %s", (mode) => {
  fc.assert(
    fc.property(colours, (wanted) => {
      const { colour, onColour } = readableAccent(wanted, mode);
      for (const ground of grounds[mode]) {
        expect(contrastOf(colour, ground)).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrastOf(colour, onColour)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test("an accent that can be read stays as it is", () => {
  expect(readableAccent("#0a6b4c", "light").colour).toBe("#0a6b4c");
  expect(readableAccent("#a5a6ff", "dark").colour).toBe("#a5a6ff");
});

test("yellow is darkened on white, and black lightened on black", () => {
  expect(readableAccent("#ffff00", "light").colour).not.toBe("#ffff00");
  expect(readableAccent("#000000", "dark").colour).not.toBe("#000000");
});

test("contrast is what WCAG says it is", () => {
  expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
