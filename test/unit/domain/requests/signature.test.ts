import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import {
  momentoSignature,
  standardSignature,
} from "../../../../shared/domain/requests/signatures.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

test("signs the Standard Webhooks example", () => {
  const signature = standardSignature({
    secrets: [secret],
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestampSeconds: 1614265330,
    body: Buffer.from('{"test": 2432232314}'),
  });
  expect(signature).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("signs with the new secret first, then the old one", () => {
  const old = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  const content = { id: "msg_1", timestampSeconds: 1, body: Buffer.from("{}") };
  const [byNew, byOld] = [secret, old].map((one) =>
    standardSignature({ secrets: [one], ...content }),
  );
  expect(standardSignature({ secrets: [secret, old], ...content })).toBe(`${byNew} ${byOld}`);
});

test("satisfies an independent verifier with either secret of a rotation", () => {
  const old = `whsec_${Buffer.alloc(64, 1).toString("base64")}`;
  const timestampSeconds = Math.floor(Date.now() / 1000); // the verifier compares it with its clock
  const body = Buffer.from('{"größe":"日本 😀"}');
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(timestampSeconds),
    "webhook-signature": standardSignature({
      secrets: [secret, old],
      id: "msg_1",
      timestampSeconds,
      body,
    }),
  };
  expect(new Webhook(secret).verify(body, headers)).toEqual({ größe: "日本 😀" });
  expect(new Webhook(old).verify(body, headers)).toEqual({ größe: "日本 😀" });
  expect(() => new Webhook(old).verify(Buffer.from("{}"), headers)).toThrow(
    "No matching signature",
  );
});

test.each([
  [
    '{"text":"some text", "another_field": "another field" }',
    "b43f72787eb66410ff110295b036ef828e5686af21b414ce092f02c05deea3da",
  ],
  [
    '{"cache":"chat","topic":"room-281","event_timestamp":1704296470564,"publish_timestamp":1704296470565,"topic_sequence_number":1,"token_id":"mo-the-squirrel","text":"Here I am!!"}',
    "f79476b5e839694c5384af0931aaf905b9ae352b7ae9fa5676049276e9f0b89c",
  ],
])("hashes the payload %s", (body, hash) => {
  expect(momentoSignature("1234567890", Buffer.from(body))).toBe(hash);
});

test("signs bytes that are no text as they are", () => {
  const [one, other] = [Uint8Array.of(0xff), Uint8Array.of(0xfe)];
  const content = { secrets: [secret], id: "msg_1", timestampSeconds: 1 };
  expect(standardSignature({ ...content, body: one })).not.toBe(
    standardSignature({ ...content, body: other }),
  );
  expect(momentoSignature(secret, one)).not.toBe(momentoSignature(secret, other));
});
