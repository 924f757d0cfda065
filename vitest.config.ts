import { defineConfig } from "vitest/config";
import { filesOfBothEntrances, publishUrlVariable } from "./test/contract/by-publish-url.ts";

interface ProjectOptions {
  /** Ends what hangs; a busy machine must stay far below it. */
  timeoutSeconds: number;
  /** Files that start real services run one after the other: two cores cannot time two of them. */
  oneFileAtATime?: boolean;
  /** For files that mostly wait. */
  filesAtATime?: number;
  globalSetup?: string | string[];
}

/** One project for each folder below test/; groups run in the order of their number. */
function project(
  name: string,
  groupOrder: number,
  { timeoutSeconds, oneFileAtATime, filesAtATime, globalSetup }: ProjectOptions,
) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeoutSeconds * 1000,
      hookTimeout: timeoutSeconds * 1000,
      fileParallelism: !oneFileAtATime,
      ...(filesAtATime && { maxWorkers: filesAtATime }),
      sequence: { groupOrder },
      ...(globalSetup && { globalSetup }),
    },
  };
}

const startsServices = {
  timeoutSeconds: 120,
  oneFileAtATime: true,
  globalSetup: "test/support/service/shared-assembly.ts",
};

export default defineConfig({
  test: {
    projects: [
      project("unit", 0, { timeoutSeconds: 60 }),
      project("property", 0, { timeoutSeconds: 120 }),
      project("conformance", 1, { timeoutSeconds: 30 }),
      project("infra", 2, { timeoutSeconds: 60 }),
      project("contract", 3, {
        ...startsServices,
        globalSetup: [startsServices.globalSetup, "test/contract/shared-run.ts"],
      }),
      {
        test: {
          ...project("contract", 3, {
            ...startsServices,
            globalSetup: [startsServices.globalSetup, "test/contract/shared-run.ts"],
          }).test,
          name: "publish-url",
          include: [...filesOfBothEntrances],
          env: { [publishUrlVariable]: "1" },
        },
      },
      project("security", 4, startsServices),
      project("faults", 5, { ...startsServices, oneFileAtATime: false, filesAtATime: 3 }),
      project("system", 6, startsServices),
      project("browser", 7, {
        ...startsServices,
        globalSetup: ["chromium-setup", "quick-assembly", "screenshots"].map(
          (file) => `test/browser/${file}.ts`,
        ),
      }),
      project("site", 8, {
        timeoutSeconds: 240,
        oneFileAtATime: true,
        globalSetup: ["test/browser/chromium-setup.ts", "test/site/built-site.ts"],
      }),
    ],
  },
});
