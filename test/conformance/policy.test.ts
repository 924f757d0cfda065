import fc from "fast-check";
import { expect, test } from "vitest";
import { isAllowed, type Statement } from "../../local/aws/policy.ts";

const arn = "arn:aws:sqs:us-east-1:000000000000:deliveries";
const allow = (actions: string[], resources: string[]): Statement => ({
  effect: "Allow",
  actions,
  resources,
});

test("allows nothing without a statement that says so", () => {
  expect(isAllowed([], "sqs:SendMessage", arn)).toBe(false);
  expect(isAllowed([allow([], ["*"])], "sqs:SendMessage", arn)).toBe(false);
  expect(isAllowed([allow(["*"], [])], "sqs:SendMessage", arn)).toBe(false);
});

test("knows wildcards in actions and resources, and ignores the case of actions only", () => {
  const is = (action: string, resource: string) =>
    isAllowed([allow([action], [resource])], "sqs:SendMessage", arn);
  expect(is("sqs:Send*", "*:deliveries")).toBe(true);
  expect(is("SQS:sendmessage", arn)).toBe(true);
  expect(is("sqs:SendMessag?", arn)).toBe(true);
  expect(is("sqs:SendMessage", arn.toUpperCase())).toBe(false);
  expect(is("sqs:Send", arn)).toBe(false);
  expect(is("sqs.SendMessage", arn)).toBe(false);
  expect(is("sqs:SendMessage", `${arn}-dead`)).toBe(false);
});

test("lets a denial win wherever it stands", () => {
  const denial: Statement = { effect: "Deny", actions: ["sqs:Send*"], resources: [arn] };
  const grant = allow(["*"], ["*"]);
  expect(isAllowed([grant, denial], "sqs:SendMessage", arn)).toBe(false);
  expect(isAllowed([denial, grant], "sqs:SendMessage", arn)).toBe(false);
  expect(isAllowed([denial, grant], "sqs:ReceiveMessage", arn)).toBe(true);
});

test("takes a pattern without wildcards literally, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (pattern, name) => {
      fc.pre(!/[*?]/.test(pattern));
      expect(isAllowed([allow(["*"], [pattern])], "kms:Decrypt", name)).toBe(pattern === name);
      expect(isAllowed([allow(["*"], [pattern])], "kms:Decrypt", pattern)).toBe(true);
    }),
  );
});
