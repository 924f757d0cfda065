import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { root } from "../../support/process/program.ts";

/** A small project: of each file some imports are allowed and some go against the direction. */
const imports: Record<string, string[]> = {
  "shared/contract/routes.ts": ["zod/mini", "node:fs", "../domain/ids.ts"],
  "shared/domain/ids.ts": ["node:crypto", "node:fs/promises", "../runtime/endpoint.ts"],
  "shared/domain/forgotten.ts": [],
  "shared/runtime/endpoint.ts": ["@middy/core", "fast-check", "../store/webhooks.ts"],
  "shared/aws/sqs.ts": ["aws4", "../domain/ids.ts", "../runtime/endpoint.ts"],
  "shared/store/webhooks.ts": ["@aws-sdk/util-dynamodb", "../domain/ids.ts", "../queue/retry.ts"],
  "shared/queue/retry.ts": ["@aws-sdk/client-sqs", "../../functions/http/publish.ts"],
  "shared/http/client.ts": ["zod", "../aws/sqs.ts"],
  "functions/http/publish.ts": ["../../shared/http/client.ts", "./put-webhook.ts"],
  "functions/http/put-webhook.ts": ["../../shared/store/webhooks.ts", "./missing.ts"],
  "infra/app.ts": ["aws-cdk-lib", "../shared/contract/routes.ts", "../shared/domain/ids.ts"],
  "cli/event-types/validate.ts": [
    "../../shared/domain/event-types/check-value.ts",
    "../../shared/domain/ids.ts",
  ],
  "shared/domain/event-types/check-value.ts": [],
  "cli/program.ts": ["commander", "../client/send.ts", "../shared/domain/ids.ts"],
  "client/send.ts": ["node:http", "../shared/contract/routes.ts", "../shared/domain/ids.ts"],
  "client/verify-momento.ts": ["node:crypto"],
  "console/main.tsx": ["preact", "node:http", "../client/send.ts", "../shared/domain/ids.ts"],
  "console/parts/when.tsx": ["../state/zone.ts"],
  "console/screens/start.tsx": ["preact"],
  "console/state/zone.ts": ["preact"],
  "portal/main.tsx": ["preact", "../console/parts/when.tsx", "../console/screens/start.tsx"],
  "local/start.ts": ["dynalite", "../shared/contract/routes.ts"],
  "ops/keys.ts": ["../shared/store/webhooks.ts", "../local/start.ts"],
  "site/stage.ts": ["../shared/contract/routes.ts", "../ops/keys.ts"],
  "test/support/api.ts": ["vitest", "../../functions/http/publish.ts", "../../local/start.ts"],
};

const Report = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
});

let project: string;
let violations: string[];

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "hookcast-imports-"));
  for (const [file, targets] of Object.entries(imports)) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), targets.map((target) => `import "${target}";\n`).join(""));
  }
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    cpSync(join(root, file), join(project, file));
  }
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));

  const tool = join(root, "node_modules", ".bin", "depcruise");
  const folders = [
    "cli",
    "client",
    "console",
    "functions",
    "infra",
    "local",
    "ops",
    "portal",
    "shared",
    "site",
    "test",
  ];
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout } = spawnSync(tool, args, { cwd: project, encoding: "utf8" });
  violations = Report.parse(JSON.parse(stdout)).summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} -> ${to.replace(/^.*node_modules\//, "")}`,
  );
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test("forbids exactly the imports against the direction", () => {
  const withoutCycles = violations.filter((violation) => !violation.startsWith("no-cycle"));
  expect(withoutCycles.sort()).toEqual([
    "aws-knows-the-domain: shared/aws/sqs.ts -> shared/runtime/endpoint.ts",
    "client-knows-the-contract: client/send.ts -> shared/domain/ids.ts",
    "client-runs-in-browsers: client/send.ts -> http",
    "contract-knows-nothing: shared/contract/routes.ts -> shared/domain/ids.ts",
    "contract-needs-zod-alone: shared/contract/routes.ts -> fs",
    "domain-is-pure: shared/domain/ids.ts -> fs/promises",
    "domain-knows-the-contract: shared/domain/ids.ts -> shared/runtime/endpoint.ts",
    "functions-use-shared: functions/http/publish.ts -> functions/http/put-webhook.ts",
    "http-knows-no-aws: shared/http/client.ts -> shared/aws/sqs.ts",
    "infra-knows-the-contract: infra/app.ts -> shared/domain/ids.ts",
    "local-imports-no-product: local/start.ts -> shared/contract/routes.ts",
    "no-orphan: shared/domain/forgotten.ts -> shared/domain/forgotten.ts",
    "no-unresolved: functions/http/put-webhook.ts -> ./missing.ts",
    "ops-use-shared: ops/keys.ts -> local/start.ts",
    "pages-load-fast: console/main.tsx -> http",
    "portal-keeps-nothing: portal/main.tsx -> console/state/zone.ts",
    "portal-shares-parts-of-the-console: portal/main.tsx -> console/screens/start.tsx",
    "product-is-bundled-small: shared/queue/retry.ts -> @aws-sdk/client-sqs/dist-cjs/index.js",
    "product-is-bundled-small: shared/runtime/endpoint.ts -> fast-check/lib/fast-check.d.ts",
    "runtime-knows-the-domain: shared/runtime/endpoint.ts -> shared/store/webhooks.ts",
    "shared-knows-no-user: shared/queue/retry.ts -> functions/http/publish.ts",
    "site-shows-documents: site/stage.ts -> ops/keys.ts",
    "store-and-queue-are-neighbours: shared/queue/retry.ts -> functions/http/publish.ts",
    "store-and-queue-are-neighbours: shared/store/webhooks.ts -> shared/queue/retry.ts",
    "surfaces-use-the-client: cli/program.ts -> shared/domain/ids.ts",
    "surfaces-use-the-client: console/main.tsx -> shared/domain/ids.ts",
    "values-are-checked-as-publishes-are: cli/event-types/validate.ts -> shared/domain/ids.ts",
  ]);
});

test("finds two files that need each other", () => {
  expect(violations).toContainEqual(expect.stringMatching(/^no-cycle: .*domain\/ids.ts/));
});
