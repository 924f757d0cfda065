import { expect, test } from "vitest";
import {
  newTrace,
  readTrace,
  traceHeaders,
  traceIdOf,
} from "../../../../shared/domain/requests/trace-context.ts";
import { factsWith } from "../../samples.ts";

/** The examples of the specification. */
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parentId = "00f067aa0ba902b7";
const traceparent = `00-${traceId}-${parentId}-01`;

const attemptId = Buffer.from("b7ad6b7169203331", "hex");

test.each([
  ["sampled", traceparent, traceparent],
  ["not sampled", `00-${traceId}-${parentId}-00`, `00-${traceId}-${parentId}-00`],
  [
    "with flags that are not defined",
    `00-${traceId}-${parentId}-ff`,
    `00-${traceId}-${parentId}-03`,
  ],
  ["of a later version", `cc-${traceId}-${parentId}-01`, traceparent],
  ["of a later version with more to it", `cc-${traceId}-${parentId}-01-what-ever`, traceparent],
])("reads a trace that is %s, and speaks of it in version 00", (_, given, read) => {
  expect(readTrace({ traceparent: given })).toEqual({ traceparent: read });
});

test.each([
  ["nothing at all", undefined],
  ["an empty header", ""],
  ["the forbidden version", `ff-${traceId}-${parentId}-01`],
  ["a trace-id of zeros", `00-${"0".repeat(32)}-${parentId}-01`],
  ["a parent-id of zeros", `00-${traceId}-${"0".repeat(16)}-01`],
  ["a short trace-id", `00-${traceId.slice(1)}-${parentId}-01`],
  ["capitals", traceparent.toUpperCase()],
  ["letters beyond f", `00-${"g".repeat(32)}-${parentId}-01`],
  ["more than version 00 has", `${traceparent}-what`],
  ["an end that no version has", `cc-${traceId}-${parentId}-01what`],
  ["no flags", `00-${traceId}-${parentId}`],
  ["two headers in one", `${traceparent},${traceparent}`],
  ["spaces", ` ${traceparent}`],
])("reads no trace from %s", (_, given) => {
  expect(readTrace({ traceparent: given, tracestate: "rojo=1" })).toBeUndefined();
});

test.each([
  "rojo=00f067aa0ba902b7",
  "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
  "rojo=1 , ,congo=2",
  "fw529a3039@dt=FfK~!*; a:b",
  `${"a".repeat(256)}=${"v".repeat(255)}`,
  Array.from({ length: 32 }, (_, n) => `k${n}=v`).join(),
])("keeps the tracestate %s as it is", (tracestate) => {
  expect(readTrace({ traceparent, tracestate })).toEqual({ traceparent, tracestate });
});

test.each([
  "",
  "rojo",
  "=1",
  "rojo=",
  "Rojo=1",
  "rojo=1,rojo=2",
  "rojo=a=b",
  "rojo=ä",
  "rojo=\u0001",
  "a@=1",
  "@b=1",
  `${"a".repeat(257)}=1`,
  `a=${"v".repeat(257)}`,
  `${"a".repeat(256)}=${"v".repeat(256)}`,
  Array.from({ length: 33 }, (_, n) => `k${n}=v`).join(),
])("leaves the tracestate %j behind and keeps the trace", (tracestate) => {
  expect(readTrace({ traceparent, tracestate })).toEqual({ traceparent });
});

test("a new trace is made of the random bytes, sampled, and one that it would read itself", () => {
  const trace = newTrace(Buffer.from(traceId + parentId, "hex"));
  expect(trace).toEqual({ traceparent: `00-${traceId}-${parentId}-03` });
  expect(readTrace(trace)).toEqual(trace);
});

test("an attempt names itself as the parent", () => {
  const attempt = `00-${traceId}-b7ad6b7169203331-01`;
  expect(traceHeaders({ traceparent }, attemptId, {})).toEqual({ traceparent: attempt });
  const trace = { traceparent, tracestate: "rojo=1" };
  expect(traceHeaders(trace, attemptId, { "x-a": "1" })).toEqual({
    traceparent: attempt,
    tracestate: "rojo=1",
  });
});

test("a tracestate that the webhook's owner has set is not sent over", () => {
  const trace = { traceparent, tracestate: "rojo=1" };
  expect(traceHeaders(trace, attemptId, { TraceState: "own=1" })).not.toHaveProperty("tracestate");
});

test("tells logs the trace-id, and nothing where there is no trace", () => {
  expect(traceIdOf(factsWith({ trace: { traceparent } }))).toBe(traceId);
  expect(traceIdOf(factsWith())).toBeUndefined();
});
