import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { parseReceiverArguments } from "../../../ops/receiver/arguments.ts";
import { reportAsJson, reportAsText } from "../../../ops/receiver/report.ts";
import { findFlaws } from "../../../ops/receiver/verify.ts";

const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const otherSecret = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const nowMs = Date.parse("2024-01-24T23:20:28Z");
const body = Buffer.from('{"paid":true}');

/** Signs by other means than the product's own code. */
function signedHeaders(signingSecret = secret, signedTimeMs = nowMs): Record<string, string> {
  const id = "msg_01HMZ";
  return {
    "webhook-id": id,
    "webhook-timestamp": String(signedTimeMs / 1000),
    "webhook-signature": new Webhook(signingSecret).sign(id, new Date(signedTimeMs), body),
    "momento-signature": createHmac("sha3-256", signingSecret).update(body).digest("hex"),
  };
}

function flawsOf(headers: Record<string, string>, secrets = [secret], received = body) {
  return findFlaws({ header: (name) => headers[name], body: received }, secrets, nowMs);
}

test("finds no flaw in a delivery signed by an independent library", () => {
  expect(flawsOf(signedHeaders())).toEqual([]);
});

test("accepts a signature of any given secret and any of two signatures", () => {
  expect(flawsOf(signedHeaders(), [otherSecret, secret])).toEqual([]);
  const headers = signedHeaders();
  const newer = signedHeaders(otherSecret)["webhook-signature"];
  headers["webhook-signature"] = `${newer} ${headers["webhook-signature"]}`;
  expect(flawsOf(headers)).toEqual([]);
});

test("names each signature that fits no secret", () => {
  expect(flawsOf(signedHeaders(otherSecret))).toEqual([
    "webhook-signature fits no given secret",
    "momento-signature fits no given secret",
  ]);
  expect(flawsOf({ ...signedHeaders(), "momento-signature": "00" })).toEqual([
    "momento-signature fits no given secret",
  ]);
  expect(flawsOf({ ...signedHeaders(), "webhook-signature": "v1,AAAA" })).toEqual([
    "webhook-signature fits no given secret",
  ]);
});

test("notices a body changed by one byte", () => {
  expect(flawsOf(signedHeaders(), [secret], Buffer.from('{"paid":trUe}'))).toHaveLength(2);
});

test("names every missing header", () => {
  const { "webhook-id": _id, "momento-signature": _hash, ...rest } = signedHeaders();
  expect(flawsOf(rest)).toEqual(["no webhook-id header", "no momento-signature header"]);
});

test("refuses a timestamp more than five minutes away, and no closer one", () => {
  expect(flawsOf(signedHeaders(secret, nowMs - 301_000))).toEqual(["the timestamp is 301 s old"]);
  expect(flawsOf(signedHeaders(secret, nowMs + 301_000))).toEqual([
    "the timestamp is 301 s in the future",
  ]);
  expect(flawsOf(signedHeaders(secret, nowMs - 300_000))).toEqual([]);
  expect(flawsOf({ ...signedHeaders(), "webhook-timestamp": "soon" })).toEqual([
    "webhook-timestamp soon is not in Unix seconds",
  ]);
});

test("says what is wrong with its arguments", () => {
  expect(parseReceiverArguments([])).toContain("no secret");
  expect(parseReceiverArguments(["--secret", "whsec_short"])).toContain("copied whole");
  expect(parseReceiverArguments(["--secret", secret, "--port", "http"])).toContain("--port http");
  expect(parseReceiverArguments(["--secret", secret, "--status", "42"])).toContain("--status 42");
  expect(parseReceiverArguments(["--secret", secret, "--format", "xml"])).toContain("--format xml");
  expect(parseReceiverArguments(["--secrets", secret])).toContain("--secrets");
  expect(parseReceiverArguments(["--secret", secret, "--secret", otherSecret])).toEqual({
    ...{ secrets: [secret, otherSecret], port: 4000, status: 200, format: "text" },
  });
});

test("prints one line, whatever the body holds", () => {
  const line = reportAsText({
    messageId: "msg_01HMZ",
    attempt: 2,
    contentType: "text/plain",
    body: Buffer.from(`a\n\u001b[2J${"b".repeat(500)}`),
    flaws: [],
  });
  expect(line).toMatch(/^verified msg_01HMZ attempt 2 506 bytes text\/plain a \\u001b\[2Jb+…$/);
});

test("shows a sender's text in a form that cannot draw on a terminal or turn it around", () => {
  const report = {
    messageId: "msg_\u001b[2J\u202e",
    attempt: 1,
    contentType: "text/plain; \u009b31m",
    body: Buffer.from("\u2066a\u0007\u2028b"),
    flaws: ["webhook-timestamp \u202ex is not in Unix seconds"],
  };
  for (const line of [reportAsText(report), reportAsJson(report)]) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
  expect(JSON.parse(reportAsJson(report))).toMatchObject({ body: "\u2066a\u0007\u2028b" });
});
