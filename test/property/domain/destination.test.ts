import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDestination } from "../../../shared/domain/destination.ts";

test("answers every text with a sentence or with nothing, and never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "grapheme" }), fc.webUrl({ withFragments: true })),
      (text) => {
        const reason = checkDestination(text, { allowPrivate: false });
        if (reason === undefined) expect(new URL(text).protocol).toBe("https:");
        else expect(reason).toMatch(/^The .+\.$/);
      },
    ),
  );
});

test("is never stricter where private destinations are allowed", () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ["http", "https"] }), (url) => {
      fc.pre(checkDestination(url, { allowPrivate: false }) === undefined);
      expect(checkDestination(url, { allowPrivate: true })).toBeUndefined();
    }),
  );
});

test("refuses a blocked domain in any case, at any depth, with a dot at the end or without", () => {
  const domains = fc.mixedCase(fc.constantFrom("localhost", "internal", "local"));
  const labels = fc.array(fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}[a-z]$/), { maxLength: 3 });
  fc.assert(
    fc.property(labels, domains, fc.constantFrom("", "."), (before, domain, dot) => {
      const url = `https://${[...before, domain].join(".")}${dot}/`;
      expect(checkDestination(url, { allowPrivate: false })).toBeDefined();
    }),
  );
});
