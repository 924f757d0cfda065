import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../support/process/program.ts";
import { withTestSeconds } from "./test-seconds.ts";
import { secondsBySetting, settingOf, testedBy } from "./tested-by.ts";

const files = globSync("test/**/*.test.ts", { cwd: root });
const beginnings = Object.values(testedBy)
  .flat()
  .filter((begin) => begin !== "publish-url");

test.each(beginnings)("%s is where tests of a setting are", (begin) => {
  expect(files.filter((file) => file.startsWith(begin))).not.toEqual([]);
});

test("a file's time is that of the setting that it is there for", () => {
  const durations = {
    "browser test/browser/screens.test.ts": 20.2,
    "browser test/browser/origins.test.ts": 8,
    "unit test/unit/portal/route.test.ts": 0.1,
    "contract test/contract/publish/publish.test.ts": 30,
    "publish-url test/contract/publish/publish.test.ts": 31,
    "infra test/infra/publish-url.test.ts": 4.4,
    "unit test/unit/store/quotas/hop-quota.test.ts": 0.02,
  };

  expect(secondsBySetting(durations)).toEqual({
    ...{ console: 20, allowedOrigins: 8, publishUrl: 35 },
    // Less than half a second is not nothing.
    hoppedPublishesPerCachePerMinute: 1,
  });
  expect(settingOf("contract test/contract/publish/publish.test.ts")).toBeUndefined();
});

test("the table gets the column, and rows for settings that cost nothing but tests", () => {
  const page = [
    ...["# A page", "", "## What each setting costs while idle", "", "A table:", ""],
    "| setting           | list | with free allowances | resources |",
    "| ----------------- | ---: | -------------------: | --------: |",
    "| `domainName`      | 0.00 |                 0.00 |         2 |",
    "| `metrics`: `false` | 1.00 |                 0.50 |        -4 |",
    ...["", "After it."],
  ].join("\n");
  const written = withTestSeconds(page, { metrics: 12, tracing: 3 });

  expect(written).toMatch(/^\| `metrics`: `false` +\| 1\.00 \| +0\.50 \| +-4 \| +12 \|$/m);
  expect(written).toMatch(/^\| `tracing` +\| 0\.00 \| +0\.00 \| +0 \| +3 \|$/m);
  expect(written).toMatch(/^# A page.*\| seconds of tests \|.*After it\.$/s);
  expect(withTestSeconds(written, { metrics: 12, tracing: 3 })).toBe(written);
});
