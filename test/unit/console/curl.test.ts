import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlCommand } from "../../../console/state/deliveries/curl.ts";

const hostile = `{"it's": "$(touch owned) \`id\` \\"", "line":\n"!!"}`;

test.each(["bash", "sh"])(
  "the command gives %s its words unharmed, whatever they hold",
  (shell) => {
    const command = curlCommand({
      ...{ url: "https://example.com/a?b='c'&d=$HOME", contentType: "application/json" },
      ...{ customNames: ["x-tenant"], body: hostile },
    });
    const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
    const words = execFileSync(shell, ["-c", script], { encoding: "utf8" })
      .split("\0")
      .slice(0, -1);
    expect(words).toEqual([
      ...["-i", "https://example.com/a?b='c'&d=$HOME", "-H", "content-type: application/json"],
      ...["-H", "x-tenant: <value of x-tenant>", "--data-binary", hostile],
    ]);
  },
);
