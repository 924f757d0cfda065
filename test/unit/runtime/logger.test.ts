import { afterEach, expect, test, vi } from "vitest";
import { errorFields, log } from "../../../shared/runtime/logger.ts";

afterEach(() => vi.restoreAllMocks());

test("writes one line of JSON, whatever the fields hold", () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  log("warn", "delivery.attempted", { webhookId: "whk_1", error: "two\nlines", status: null });
  const [[line] = []] = write.mock.calls;
  expect(line).toMatch(/^[^\n]*\n$/);
  expect(JSON.parse(String(line))).toEqual({
    level: "warn",
    event: "delivery.attempted",
    webhookId: "whk_1",
    error: "two\nlines",
    status: null,
  });
});

test("escapes what would split a line or turn it around in a terminal", () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const cacheName = "a\u2028b\u202ec\u009b31md\u2066";
  log("info", "manage.called", { cacheName });
  const [[line] = []] = write.mock.calls;
  expect(line).toMatch(/^[\x20-\x7e]*\n$/);
  expect(JSON.parse(String(line))).toMatchObject({ cacheName });
});

test("tells an error's kind, message and place, and the same of its cause", () => {
  const cause = new RangeError("too far");
  expect(errorFields(new TypeError("bad", { cause }))).toMatchObject({
    error: "TypeError",
    message: "bad",
    cause: "RangeError: too far",
    stack: expect.stringContaining("logger.test.ts"),
  });
});

test("tells only the type of what is no error, since it may hold anything", () => {
  expect(errorFields({ secretString: "whsec_x" })).toEqual({ error: "object" });
  expect(errorFields("whsec_x")).toEqual({ error: "string" });
});
