import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { installPython } from "../../steps/python.ts";
import { root } from "../../support/process/program.ts";
import type { ProgramTable } from "./reader.ts";
import { type RecordedAws, recordedAnswers, startRecordedAws } from "./recorded-answers.ts";

export interface EmulatedAws extends AsyncDisposable {
  /** The reader's programs, with the AWS CLI among them. */
  programs: ProgramTable["programs"];
  env: NodeJS.ProcessEnv;
  /** Calls the emulator, and not the recorded answers; gives what it says. */
  aws(...words: string[]): Promise<string>;
}

/** The deployment to the emulator as operators have it: the AWS CLI, the CDK in the deployment's folder, and our own programs. */
export async function openEmulatedAws(folder: string): Promise<EmulatedAws> {
  const {
    DEPLOYMENT_FOLDER = "",
    HOOKCAST_URL = "",
    HOOKCAST_KEY = "",
    AWS_ENDPOINT_URL = "",
  } = process.env;
  const python = await installPython(folder, "test/aws-cli/requirements.txt");
  const cli = join(dirname(python), "aws");
  const readersCli = await writeReadersCli(folder, cli);
  const recorded: RecordedAws = await startRecordedAws();
  const region = { AWS_DEFAULT_REGION: process.env.AWS_REGION, AWS_PAGER: "" };
  const run = promisify(execFile);
  return {
    programs: {
      aws: { command: readersCli },
      npm: { command: "npm" },
      npx: { command: "npx", cwd: DEPLOYMENT_FOLDER, env: { CDK_HOME: DEPLOYMENT_FOLDER } },
      hookcast: {
        command: process.execPath,
        before: [join(root, "cli/main.ts")],
        env: { HOOKCAST_URL, HOOKCAST_KEY },
      },
      curl: { command: "curl" },
    },
    env: { ...process.env, ...region, ...recorded.env },
    async aws(...words) {
      const env = { ...process.env, ...region, AWS_MAX_ATTEMPTS: "1" };
      const { stdout } = await run(cli, [...words, "--endpoint-url", AWS_ENDPOINT_URL], { env });
      return stdout.trim();
    },
    [Symbol.asyncDispose]: () => recorded[Symbol.asyncDispose](),
  };
}

/** For SQS the CLI of version 1 takes an address of its own, whatever the environment says. */
async function writeReadersCli(folder: string, cli: string): Promise<string> {
  const path = join(folder, "aws");
  const lines = [
    "#!/bin/sh",
    'if [ "$1" = sqs ]; then set -- --endpoint-url "$AWS_ENDPOINT_URL" "$@"; fi',
    `exec '${cli}' "$@"`,
  ];
  await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o755 });
  return path;
}

/** The recorded answers that stand for a call. */
export function recordedFor(words: string[]) {
  return recordedAnswers.find(({ command }) => words.join(" ").startsWith(`${command} `));
}
