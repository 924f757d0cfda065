import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Tally } from "./tally.ts";
import { failedStep, passedStep } from "./tool-step.ts";

const folders = [
  ...["shared", "functions", "infra", "local", "ops"],
  ...["cli", "client", "console", "portal", "site", "test"],
];

const Report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
});

/** Checks which file may import which. A run that saw no file of ours proves nothing and fails. */
export async function checkImports(): Promise<Tally> {
  const report = Report.parse(JSON.parse(await cruise()));
  const ours = report.modules.filter(({ source }) =>
    folders.some((folder) => source.startsWith(`${folder}/`)),
  );
  const { violations } = report.summary;
  for (const { rule, from, to } of violations) console.log(`${rule.name}: ${from} -> ${to}`);
  console.log(`${ours.length} files cruised, ${violations.length} forbidden imports`);
  if (ours.length > 0 && violations.length === 0) return passedStep;
  return failedStep("import direction", "see above");
}

function cruise(): Promise<string> {
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const keepingFiles = ["--cache", "--cache-strategy", "content"];
  return new Promise((resolve, reject) => {
    execFile(
      join("node_modules", ".bin", "depcruise"),
      [...args, ...keepingFiles, ...folders.filter((folder) => existsSync(folder))],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        // It exits with the number of violations, so only an empty report is a failure of the tool.
        if (stdout === "")
          reject(new Error(`depcruise made no report: ${stderr}`, { cause: error }));
        else resolve(stdout);
      },
    );
  });
}
