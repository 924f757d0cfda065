import { eventually } from "../support/eventually.ts";
import type { Receiver } from "../support/receiver.ts";
import { assumptions } from "./cost-assumptions.ts";
import type { MeteredRun } from "./metered-run.ts";
import { noUsage, plus, type Usage } from "./usage.ts";

/** All that AWS bills of a piece of work. */
export interface Work extends Usage {
  invocations: number;
  cpuMs: number;
  /** For AWS and for receivers, by assumption. */
  waitMs: number;
  logBytes: number;
  egressBytes: number;
}

export const noWork: Readonly<Work> = {
  ...noUsage,
  invocations: 0,
  cpuMs: 0,
  waitMs: 0,
  logBytes: 0,
  egressBytes: 0,
};

/** The event source's own: it receives and deletes. */
const pollerCalls = 2;

interface Job {
  functionName: string;
  /** Each writes one line. */
  invocations: number;
  /** How often receivers are waited for, one time after the other. */
  rounds?: number;
}

/** What the function has used more after the work than before. */
export async function worked(
  run: MeteredRun,
  { deliveries }: Receiver,
  { functionName, invocations, rounds = 0 }: Job,
  work: () => Promise<void>,
): Promise<Work> {
  const usageBefore = run.usageOf(functionName);
  const cpuMsBefore = await run.cpuMsOf(functionName);
  const linesBefore = run.linesOf(functionName).length;
  const postsBefore = deliveries.length;
  await work();
  const lines = await eventually(() => {
    const written = run.linesOf(functionName).slice(linesBefore);
    return written.length >= invocations ? written : undefined;
  });
  const usage = plus(run.usageOf(functionName), usageBefore, -1);
  const ownCalls = usage.calls - (rounds > 0 ? pollerCalls : 0);
  return {
    ...usage,
    invocations,
    cpuMs: (await run.cpuMsOf(functionName)) - cpuMsBefore,
    waitMs: ownCalls * assumptions.callMs + rounds * assumptions.receiverMs,
    logBytes: sum(lines.map((line) => Buffer.byteLength(line) + assumptions.bytesPerLogLine)),
    egressBytes: sum(deliveries.slice(postsBefore).map(postBytes)),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** A POST on the wire. */
function postBytes({ path, headers, body }: Receiver["deliveries"][number]): number {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  return Buffer.byteLength(head) + body.length + assumptions.tlsBytesPerPost;
}
