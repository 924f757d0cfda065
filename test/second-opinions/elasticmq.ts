import { join } from "node:path";
import { NotPossible } from "../steps/not-possible.ts";
import { freePort } from "../support/process/free-port.ts";
import { isMissing } from "../support/process/is-missing.ts";
import type { Processes } from "../support/process/processes.ts";
import { differences } from "./elasticmq-differences.ts";
import { type Engine, listening } from "./engine.ts";

export const elasticmq: Engine = {
  name: "ElasticMQ",
  differences,
  async start(processes, folder) {
    const jars = join(folder, "jars");
    const missing = ["java", "mvn"].find(isMissing);
    if (missing) throw new NotPossible(`there is no ${missing} on this machine`);
    await fetchJars(processes, jars);
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

/** Maven's words for a repository that it does not reach, or that has not got or gives a package. */
const notFetched =
  /^\S*\[ERROR\].*(?:Could not (?:transfer|find) artifact|No plugin found for prefix|could not be resolved).*/m;

async function fetchJars(processes: Processes, jars: string): Promise<void> {
  const copy = ["dependency:copy-dependencies", `-DoutputDirectory=${jars}`];
  const pom = ["--file", "test/second-opinions/pom.xml"];
  const quietly = ["--quiet", "--batch-mode", "--no-transfer-progress"];
  const maven = processes.start("mvn", [...quietly, ...pom, ...copy]);
  if ((await maven.exited) === 0) return;
  const said = maven.stdout() + maven.stderr();
  const [reason] = notFetched.exec(said) ?? [];
  if (reason) throw new NotPossible(`Maven cannot fetch ElasticMQ: ${reason}`);
  throw new Error(`Maven cannot fetch ElasticMQ: ${said}`);
}
