import { type FunctionName, sizeOf } from "../../../infra/functions.ts";
import { assumptions } from "./assumptions.ts";
import type { Work } from "./measured-work.ts";
import { prices } from "./prices.ts";
import { dividedBy } from "./usage.ts";

/** US dollars per million, by what they are asked for. */
export interface Bill {
  apiGateway: number;
  lambdaRequests: number;
  lambdaTime: number;
  dynamoDbWrites: number;
  dynamoDbReads: number;
  queues: number;
  logs: number;
  egress: number;
}

/** What a million times the work costs. */
export function billOf(functionName: FunctionName, work: Work): Bill {
  const { memoryMb } = sizeOf(functionName);
  const isByGateway = functionName === "publish" || functionName === "publishBatch";
  const isAsked = isByGateway || functionName === "publishByUrl";
  // Behind the publish URL it is done within the invocation.
  const authorized = isAsked ? work.invocations * assumptions.authorizerShare : 0;
  const requests = work.invocations + (isByGateway ? authorized : 0);
  const seconds = (stretched(work.cpuMs, memoryMb) + work.waitMs) / 1000;
  const authorizerSeconds = (authorized * assumptions.authorizerMs) / 1000;
  const gbSeconds = (seconds * memoryMb + authorizerSeconds * sizeOf("authorize").memoryMb) / 1024;
  const egressBytes = work.egressBytes + (isAsked ? work.invocations * assumptions.answerBytes : 0);
  const bill = {
    apiGateway: isByGateway ? work.invocations * prices.apiGatewayPerRequest : 0,
    lambdaRequests: requests * prices.lambdaPerRequest,
    lambdaTime: gbSeconds * prices.lambdaPerGbSecond,
    dynamoDbWrites: work.writeUnits * prices.dynamoDbPerWriteUnit,
    dynamoDbReads: (work.readUnits + authorized) * prices.dynamoDbPerReadUnit,
    queues: work.sqsRequests * prices.sqsPerRequest + work.fairRequests * prices.sqsFairPerRequest,
    logs: (work.logBytes / 1e9) * prices.logsPerGb,
    egress: (egressBytes / 1e9) * prices.egressPerGb,
  };
  return dividedBy(bill, 1 / 1e6);
}

export function totalOf(bill: Bill): number {
  return Object.values(bill).reduce((a: number, b: number) => a + b, 0);
}

function stretched(cpuMs: number, memoryMb: number): number {
  return cpuMs * Math.max(1, assumptions.wholeCpuMb / memoryMb);
}
