import {
  accountId,
  busArn,
  keyArn,
  localRegion,
  queueArn,
  ruleArn,
  streamArn,
  tableArn,
  topicArn,
} from "../aws/arn.ts";
import { functionUrlPath } from "./function-url-path.ts";

/** What other resources learn of a resource: by `Ref`, and by `Fn::GetAtt`. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

/** Addresses that are known only once the local run listens on them. */
export interface Addresses {
  sqsUrl: string;
  apiUrl: string;
}

/** What a resource says of itself, resolved. */
type Property = (name: string) => unknown;

type Identify = (name: string, addresses: Addresses, property: Property) => Identity;

export function functionArn(name: string): string {
  return `arn:aws:lambda:${localRegion}:${accountId}:function:${name}`;
}

/** A bus by its name, whether a template has that or its ARN. */
export function busNameOf(reference: unknown): string | undefined {
  return typeof reference === "string" ? reference.slice(reference.indexOf("/") + 1) : undefined;
}

const identifiers: Record<string, Identify> = {
  "AWS::DynamoDB::Table": (name) => ({
    ref: name,
    attributes: { Arn: tableArn(name), StreamArn: streamArn(name) },
  }),
  "AWS::SQS::Queue": (name, { sqsUrl }) => {
    const url = `${sqsUrl}/${accountId}/${name}`;
    return { ref: url, attributes: { Arn: queueArn(name), QueueName: name, QueueUrl: url } };
  },
  "AWS::KMS::Key": (id) => ({ ref: id, attributes: { Arn: keyArn(id), KeyId: id } }),
  "AWS::Lambda::Function": (name) => ({ ref: name, attributes: { Arn: functionArn(name) } }),
  "AWS::IAM::Role": (name) => ({
    ref: name,
    attributes: { Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleId: name },
  }),
  "AWS::Events::EventBus": (name) => ({
    ref: name,
    attributes: { Arn: busArn(name), Name: name },
  }),
  "AWS::Events::Rule": (name, _, property) => ({
    ref: name,
    attributes: { Arn: ruleArn(name, busNameOf(property("EventBusName"))) },
  }),
  "AWS::SNS::Topic": (name) => ({
    ref: topicArn(name),
    attributes: { TopicArn: topicArn(name), TopicName: name },
  }),
  // With a slash at its end, as AWS has it.
  "AWS::Lambda::Url": (id, { apiUrl }) => ({
    ref: id,
    attributes: { FunctionUrl: apiUrl + functionUrlPath },
  }),
  "AWS::ApiGatewayV2::Api": (id, { apiUrl }) => ({
    ref: id,
    attributes: { ApiId: id, ApiEndpoint: apiUrl },
  }),
};

/** The identity of a resource, or undefined when its type is none that the local run knows. */
export function identify(
  type: string,
  name: string,
  addresses: Addresses,
  property: Property,
): Identity | undefined {
  return identifiers[type]?.(name, addresses, property);
}

/** The property by which a template may choose the name of a resource itself. */
export const nameProperties: Record<string, string> = {
  "AWS::DynamoDB::Table": "TableName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::IAM::Role": "RoleName",
  "AWS::Events::EventBus": "Name",
  "AWS::Events::Rule": "Name",
  "AWS::SNS::Topic": "TopicName",
};
