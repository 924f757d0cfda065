import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as z from "zod/mini";

/** How AWS answers a call to a service that the emulator does not have, by AWS's document. */
export interface RecordedAnswer {
  /** As the command line says it. */
  command: string;
  /** The header `x-amz-target` of the call. */
  target: string;
  /** What the call must say. */
  takes: z.ZodMiniType;
  answer: object;
  why: string;
  document: string;
}

const quotas = "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference";
const costs = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference";
const concurrency = { ServiceCode: "lambda", QuotaCode: "L-B99A9384" };
const ofConcurrency = { ServiceCode: z.literal("lambda"), QuotaCode: z.literal("L-B99A9384") };

export const recordedAnswers: readonly RecordedAnswer[] = [
  {
    command: "aws service-quotas request-service-quota-increase",
    target: "ServiceQuotasV20190624.RequestServiceQuotaIncrease",
    takes: z.strictObject({ ...ofConcurrency, DesiredValue: z.number() }),
    answer: {
      RequestedQuota: {
        ...{ Id: "0123456789abcdef0123456789abcdef", Status: "PENDING", DesiredValue: 3000 },
        ...{ ...concurrency, ServiceName: "AWS Lambda", QuotaName: "Concurrent executions" },
        ...{ Created: 1769860800, Requester: '{"accountId": "000000000000"}', Unit: "None" },
        ...{ GlobalQuota: false },
        QuotaArn: "arn:aws:servicequotas:us-east-1:000000000000:lambda/L-B99A9384",
      },
    },
    why: "it has no Service Quotas",
    document: `${quotas}/API_RequestServiceQuotaIncrease.html`,
  },
  {
    command: "aws service-quotas get-service-quota",
    target: "ServiceQuotasV20190624.GetServiceQuota",
    takes: z.strictObject(ofConcurrency),
    answer: {
      Quota: {
        ...{ ...concurrency, ServiceName: "AWS Lambda", QuotaName: "Concurrent executions" },
        ...{ Value: 10, Unit: "None", Adjustable: true, GlobalQuota: false },
        QuotaArn: "arn:aws:servicequotas:us-east-1:000000000000:lambda/L-B99A9384",
      },
    },
    why: "it has no Service Quotas",
    document: `${quotas}/API_GetServiceQuota.html`,
  },
  {
    command: "aws ce update-cost-allocation-tags-status",
    target: "AWSInsightsIndexService.UpdateCostAllocationTagsStatus",
    takes: z.strictObject({
      CostAllocationTagsStatus: z.array(
        z.strictObject({ TagKey: z.string(), Status: z.literal("Active") }),
      ),
    }),
    answer: { Errors: [] },
    why: "it has no Cost Explorer",
    document: `${costs}/API_UpdateCostAllocationTagsStatus.html`,
  },
  {
    command: "aws ce get-cost-and-usage",
    target: "AWSInsightsIndexService.GetCostAndUsage",
    takes: z.strictObject({
      TimePeriod: z.strictObject({ Start: z.iso.date(), End: z.iso.date() }),
      Granularity: z.enum(["DAILY", "MONTHLY", "HOURLY"]),
      Metrics: z.array(z.enum(["UnblendedCost", "BlendedCost", "AmortizedCost"])),
      Filter: z.strictObject({
        Tags: z.strictObject({ Key: z.string(), Values: z.array(z.string()) }),
      }),
      GroupBy: z.array(z.strictObject({ Type: z.literal("DIMENSION"), Key: z.literal("SERVICE") })),
    }),
    answer: {
      GroupDefinitions: [{ Type: "DIMENSION", Key: "SERVICE" }],
      ResultsByTime: [
        {
          TimePeriod: { Start: "2026-11-01", End: "2026-12-01" },
          Total: {},
          Groups: [
            { Keys: ["AWS Lambda"], Metrics: { UnblendedCost: { Amount: "1.2", Unit: "USD" } } },
          ],
          Estimated: true,
        },
      ],
      DimensionValueAttributes: [],
    },
    why: "it has no Cost Explorer",
    document: `${costs}/API_GetCostAndUsage.html`,
  },
];

export interface RecordedAws extends AsyncDisposable {
  /** By them the AWS CLI finds the services here. */
  env: Record<string, string>;
}

/** AWS, as far as answers of it are recorded. */
export async function startRecordedAws(): Promise<RecordedAws> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answerTo(request);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    env: { AWS_ENDPOINT_URL_SERVICE_QUOTAS: url, AWS_ENDPOINT_URL_COST_EXPLORER: url },
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function answerTo(request: IncomingMessage): Promise<{ status: number; body: object }> {
  const target = request.headers["x-amz-target"];
  const recorded = recordedAnswers.find((answer) => answer.target === target);
  if (!recorded) return refusal("UnknownOperationException", `no answer to ${target} is recorded`);
  const { success, error } = recorded.takes.safeParse(JSON.parse(await text(request)));
  return success
    ? { status: 200, body: recorded.answer }
    : refusal("ValidationException", z.prettifyError(error));
}

function refusal(code: string, message: string) {
  return { status: 400, body: { __type: code, message } };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
