import { defineConfig } from "vitest/config";
import { withRunsOfTheirOwn } from "./not-exercised.ts";

/** Tests that run against the deployed stack and the engines behind it, in place of the local ones. */
function project(name: string, include: string, timeoutSeconds: number) {
  return {
    test: {
      name,
      include: [include],
      exclude: withRunsOfTheirOwn,
      setupFiles: "test/deploy/mark-gaps.ts",
      testTimeout: timeoutSeconds * 1000,
      hookTimeout: timeoutSeconds * 1000,
      // The emulator is one process, and it runs functions on what is left of the machine.
      fileParallelism: false,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      project("documents", "test/deploy/documents/*.test.ts", 1200),
      project("deployment", "test/deploy/*.test.ts", 120),
      project("contract", "test/contract/**/*.test.ts", 240),
      project("engines", "test/conformance/{dynamodb/*,kms,sqs/*}.test.ts", 30),
    ],
  },
});
