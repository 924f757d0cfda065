import { expect, test } from "vitest";
import { notificationId } from "../../../../shared/domain/requests/render.ts";

test("is a UUID of version 7 with the message's time", () => {
  expect(notificationId("msg_00000000000000000000000000")).toBe(
    "00000000-0000-7000-8000-000000000000",
  );
  expect(notificationId("msg_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).toBe(
    "ffffffff-ffff-7fff-bfff-ffffffffffff",
  );
  expect(notificationId("msg_01ARYZ6S410000000000000000")).toBe(
    "01563df3-6481-7000-8000-000000000000",
  );
});
