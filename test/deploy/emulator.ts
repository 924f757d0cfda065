import { dirname, join } from "node:path";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/process/free-port.ts";
import type { Processes } from "../support/process/processes.ts";

export interface Emulator {
  /** Every service of AWS that it has is at this one address. */
  endpoint: string;
  /** For programs that take the emulator for AWS; nothing in it leads to a real account. */
  env: NodeJS.ProcessEnv;
}

/** Starts the emulator on a free port; all that it writes goes below the folder. */
export async function startEmulator(
  processes: Processes,
  python: string,
  folder: string,
): Promise<Emulator> {
  const port = String(await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const env = {
    ...ownAccountAside(process.env),
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    // The emulator runs functions on the first Node that it finds, and so does the CDK the stack.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  };
  const settings = {
    ...env,
    BIND_HOST: "127.0.0.1",
    MINISTACK_HOST: "127.0.0.1",
    GATEWAY_PORT: port,
    TMPDIR: folder,
    S3_DATA_DIR: join(folder, "s3"),
    STATE_DIR: join(folder, "state"),
  };
  const program = processes.start(python, ["-m", "ministack"], { env: settings });
  const ended = program.exited.then(() => "ended");
  const healthy = eventually(async () => (await fetch(`${endpoint}/_ministack/health`)).ok, {
    timeoutMs: 60_000,
  });
  if ((await Promise.race([ended, healthy])) === "ended") throw new Error(program.stderr());
  return { endpoint, env: { ...env, AWS_ENDPOINT_URL: endpoint } };
}

/** An environment without the developer's own account, profiles and endpoints. */
function ownAccountAside(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(others),
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
