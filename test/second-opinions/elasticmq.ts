import { join } from "node:path";
import { NotPossible } from "../steps/not-possible.ts";
import { freePort } from "../support/process/free-port.ts";
import type { Processes } from "../support/process/processes.ts";
import { differences } from "./elasticmq-differences.ts";
import { type Engine, listening } from "./engine.ts";

export const elasticmq: Engine = {
  name: "ElasticMQ",
  differences,
  async start(processes, folder) {
    const jars = join(folder, "jars");
    await run(processes, "java", ["-version"], "there is no Java");
    const copy = ["dependency:copy-dependencies", `-DoutputDirectory=${jars}`];
    const pom = ["--file", "test/second-opinions/pom.xml"];
    const quietly = ["--quiet", "--batch-mode", "--no-transfer-progress"];
    await run(processes, "mvn", [...quietly, ...pom, ...copy], "Maven cannot fetch ElasticMQ");
    const port = String(await freePort());
    const settings = {
      "rest-sqs.bind-hostname": "127.0.0.1",
      "rest-sqs.bind-port": port,
      "rest-stats.enabled": "false",
      "node-address.host": "127.0.0.1",
      "node-address.port": port,
      "aws.accountId": "000000000000",
      "aws.region": "us-east-1",
    };
    const properties = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
    const main = ["-Xmx256m", "-cp", join(jars, "*"), "org.elasticmq.server.Main"];
    const server = processes.start("java", [...properties, ...main]);
    return { CONFORMANCE_SQS_URL: await listening(server, `http://127.0.0.1:${port}`) };
  },
};

async function run(processes: Processes, command: string, args: string[], problem: string) {
  const program = processes.start(command, args);
  if ((await program.exited.catch(() => undefined)) === 0) return;
  const said = program.stdout().trim().split("\n")[0];
  throw new NotPossible([problem, said].filter(Boolean).join(": "));
}
