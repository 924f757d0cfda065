import { defineConfig } from "vitest/config";

/** What of the conformance suite another engine can be asked. */
function project(name: string, include: string) {
  return {
    test: {
      name,
      include: [include],
      provide: { engine: name },
      setupFiles: "test/second-opinions/mark-differences.ts",
      testTimeout: 30_000,
      hookTimeout: 30_000,
      // The engine is one process on what is left of the machine.
      fileParallelism: false,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      project("moto", "test/conformance/{dynamodb,sqs}/*.test.ts"),
      project("ElasticMQ", "test/conformance/sqs/*.test.ts"),
    ],
  },
});
