/** The whole service in a process of its own, on data that goes with it: its first argument is the assembly. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { devKey } from "../../../local/dev-key.ts";
import { startHost } from "../../../local/host.ts";
import { root } from "../../support/process/program.ts";
import { Order } from "../cpu/probe-protocol.ts";
import { orderProbes } from "../cpu/probes.ts";
import { cpuOf } from "../cpu/service-cpu.ts";
import { answerQuestions } from "../isolation/answer-questions.ts";

const [, , assembly = ""] = process.argv;
process.env.TZ = "UTC";
const dataDir = await mkdtemp(join(tmpdir(), "hookcast-bench-"));
let isClosing = false;
// What went well is told by the figures, and what the end cuts off is no news.
const log = (line: string) => {
  if (!isClosing && !/\] \{("_aws":|"level":"info")/.test(line)) console.error(line);
};
const host = await startHost({ assembly, dataDir, port: 0, log });
const key = await devKey(join(root, "ops/keys.ts"), dataDir, host.operatorEnv);

answerQuestions(
  {
    address: () => ({ url: host.url, key }),
    functions: host.functions,
    cpu: () => cpuOf(host),
    probe: (order) => orderProbes(z.parse(Order, order)),
  },
  async () => {
    isClosing = true;
    await host.close();
    await rm(dataDir, { recursive: true, force: true });
  },
);
