import { expect, test } from "vitest";
import { VerificationError } from "../../../client/verification-error.ts";
import { verifyMomento } from "../../../client/verify-momento.ts";
import { sampleDelivery } from "../../system/receivers/sample-delivery.ts";

const secret = "1234567890";
const body = '{"text":"some text", "another_field": "another field" }';
const signature = "b43f72787eb66410ff110295b036ef828e5686af21b414ce092f02c05deea3da";
const headers = { "momento-signature": signature };

test("gives the payload of the public example", () => {
  const payload = { text: "some text", another_field: "another field" };
  expect(verifyMomento({ body, headers }, { secret })).toEqual(payload);
});

test("gives what a receiver makes of a body", () => {
  const length = verifyMomento({ body, headers }, { secret, parse: (bytes) => bytes.length });
  expect(length).toBe(body.length);
});

test("accepts what the service sends, by the whole secret", () => {
  const whole = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  const received = sampleDelivery({ secrets: [whole] });
  expect(verifyMomento(received, { secret: whole })).toMatchObject({ data: { amount: 12 } });
});

test.each([
  [undefined, "momento-signature is missing"],
  ["", "momento-signature is missing"],
  [signature.slice(2), "momento-signature does not match the secret"],
  [`00${signature.slice(2)}`, "momento-signature does not match the secret"],
  ["nonsense", "momento-signature does not match the secret"],
])("refuses the signature %j", (value, message) => {
  const received = { body, headers: { "momento-signature": value } };
  expect(() => verifyMomento(received, { secret })).toThrow(new VerificationError(message));
});

test("refuses another body", () => {
  expect(() => verifyMomento({ body: `${body} `, headers }, { secret })).toThrow(VerificationError);
});

test("believes nobody under an empty secret", () => {
  expect(() => verifyMomento({ body, headers }, { secret: "" })).toThrow(TypeError);
});
