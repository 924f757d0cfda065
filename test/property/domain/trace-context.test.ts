import fc from "fast-check";
import { expect, test } from "vitest";
import {
  newTrace,
  readTrace,
  traceHeaders,
} from "../../../shared/domain/requests/trace-context.ts";

/** The specification's own words for it: what any receiver may count on. */
const valid = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[0-3]$/;

const bytes = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .filter((all) => all.some((byte) => byte > 0))
    .map((all) => Buffer.from(all));

test("whatever is given, what goes out is valid or is not there", () => {
  const nearly = fc.stringMatching(
    /^[0-9a-f]{2}-[0-9a-f]{30,34}-[0-9a-f]{14,18}-[0-9a-fA-F]{2}-?.{0,3}$/,
  );
  const headers = fc.record({
    traceparent: fc.oneof(fc.string(), nearly),
    tracestate: fc.option(fc.string({ maxLength: 600 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(headers, bytes(8), (given, attemptId) => {
      const trace = readTrace(given);
      if (!trace) return;
      expect(traceHeaders(trace, attemptId, {}).traceparent).toMatch(valid);
      expect(trace.tracestate ?? "").toMatch(/^[\x20-\x7e\t]{0,512}$/);
    }),
  );
});

test("a trace that is read again is the same, and an attempt changes nothing but the parent", () => {
  fc.assert(
    fc.property(bytes(16), bytes(8), bytes(8), (traceId, parentId, attemptId) => {
      const trace = newTrace(Buffer.concat([traceId, parentId]));
      expect(readTrace(trace)).toEqual(trace);
      const { traceparent = "" } = traceHeaders(trace, attemptId, {});
      const [version, id, parent, flags] = traceparent.split("-");
      expect([version, id, flags]).toEqual(["00", traceId.toString("hex"), "03"]);
      expect(parent).toBe(attemptId.toString("hex"));
    }),
  );
});
