import { eventually } from "../../support/eventually.ts";
import type { Receiver } from "../../support/network/receiver.ts";
import { assumptions } from "./assumptions.ts";
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

/** The event source's own calls: it receives and deletes. */
const pollerWaits = 2;

interface Job {
  functionName: string;
  invocations: number;
  /** Where counts of several messages share a line of the log: how many messages these are. */
  counted?: number;
  /** Whether an event source receives and deletes on the function's behalf. */
  isPolled?: boolean;
  /** How often receivers are waited for, one time after the other. */
  rounds?: number;
}

/** What the function has used more after the work than before. */
export async function worked(
  run: MeteredRun,
  { deliveries }: Receiver,
  { functionName, invocations, counted, isPolled = false, rounds = 0 }: Job,
  work: () => Promise<void>,
): Promise<Work> {
  const usageBefore = run.usageOf(functionName);
  const cpuMsBefore = await run.cpuMsOf(functionName);
  const linesBefore = run.linesOf(functionName).length;
  const postsBefore = deliveries.length;
  await work();
  const ownLines = () => run.linesOf(functionName).slice(linesBefore);
  const logBytes =
    counted === undefined
      ? await bytesOfLines(ownLines, invocations)
      : (await sharedLineBytes(run, functionName)) * counted;
  const usage = plus(run.usageOf(functionName), usageBefore, -1);
  const waits = usage.waits - (isPolled ? pollerWaits : 0);
  return {
    ...usage,
    invocations,
    cpuMs: (await run.cpuMsOf(functionName)) - cpuMsBefore,
    waitMs: waits * assumptions.callMs + rounds * assumptions.receiverMs,
    logBytes,
    egressBytes: sum(deliveries.slice(postsBefore).map(postBytes)),
  };
}

/** The part of one message: the counts of several share a line, and only a few lines are seen. */
async function sharedLineBytes(run: MeteredRun, functionName: string): Promise<number> {
  const line = await eventually(() => run.linesOf(functionName).at(-1));
  return bytesOf(line) / assumptions.publishesPerLogLine;
}

/** Of all lines that are there once there is at least one for each invocation. */
async function bytesOfLines(lines: () => string[], invocations: number): Promise<number> {
  const written = await eventually(() => (lines().length >= invocations ? lines() : undefined));
  return sum(written.map(bytesOf));
}

function bytesOf(line: string): number {
  return Buffer.byteLength(line) + assumptions.bytesPerLogLine;
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
