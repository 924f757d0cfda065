import { installPython } from "../steps/python.ts";
import { freePort } from "../support/process/free-port.ts";
import { type Engine, listening } from "./engine.ts";
import { differences } from "./moto-differences.ts";

const requirements = "test/second-opinions/requirements.txt";

export const moto: Engine = {
  name: "moto",
  differences,
  async start(processes, folder) {
    const start = processes.start.bind(processes);
    const python = await installPython(folder, requirements, { start });
    const port = String(await freePort());
    const server = start(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", port], {
      // Its log of requests is nobody's to read.
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, MOTO_ACCOUNT_ID: "000000000000" },
    });
    const url = await listening(server, `http://127.0.0.1:${port}`);
    return { CONFORMANCE_DYNAMODB_URL: url, CONFORMANCE_SQS_URL: url };
  },
};
