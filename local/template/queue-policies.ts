import * as z from "zod/mini";
import { queueArn } from "../aws/arn.ts";
import { wildcards } from "../aws/condition.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A service that sends to a queue, on behalf of a rule or a topic. */
interface Sender {
  service: string;
  sourceArn: string;
}

const texts = z.union([z.string(), z.array(z.string())]);

const Statement = z.object({
  Effect: z.string(),
  Action: texts,
  Resource: texts,
  Principal: z.union([z.string(), z.object({ Service: z.optional(texts) })]),
  Condition: z._default(z.record(z.string(), z.record(z.string(), texts)), {}),
});
type Statement = z.infer<typeof Statement>;

const PolicyProperties = z.object({
  Queues: z.array(z.string()),
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
});

/**
 * Refuses a template in which a service would send to a queue whose policy does not let it: in AWS that is deployed
 * and nothing ever arrives. Conditions other than those on the source are not looked at.
 */
export function assertMaySend(
  resources: Resource[],
  owner: string,
  targetArn: string,
  { service, sourceArn }: Sender,
): void {
  const policies = ofType(resources, "AWS::SQS::QueuePolicy").map((resource) =>
    parseProperties(PolicyProperties, resource),
  );
  const isAllowed = policies
    .filter(({ Queues }) => Queues.some((url) => arnOf(url) === targetArn))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .some(
      (statement) =>
        statement.Effect === "Allow" &&
        matches(statement.Action, "sqs:SendMessage") &&
        matches(statement.Resource, targetArn) &&
        isPrincipal(statement, service) &&
        isSource(statement, sourceArn),
    );
  if (isAllowed) return;
  throw new Error(`${owner}: the policy of ${targetArn} does not let ${service} send to it`);
}

function arnOf(queueUrl: string): string {
  return queueArn(queueUrl.slice(queueUrl.lastIndexOf("/") + 1));
}

function isPrincipal({ Principal }: Statement, service: string): boolean {
  return typeof Principal === "string"
    ? Principal === "*"
    : [Principal.Service ?? []].flat().includes(service);
}

function isSource({ Condition }: Statement, sourceArn: string): boolean {
  const wanted = Object.values(Condition).flatMap((keys) => keys["aws:SourceArn"] ?? []);
  return wanted.length === 0 || matches(wanted, sourceArn);
}

function matches(patterns: string | string[], text: string): boolean {
  return wildcards([patterns].flat(), "").test(text);
}
