import { accountId, keyArn, localRegion, queueArn, tableArn } from "../aws/arn.ts";

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

type Identify = (name: string, addresses: Addresses) => Identity;

export function functionArn(name: string): string {
  return `arn:aws:lambda:${localRegion}:${accountId}:function:${name}`;
}

export function ruleArn(name: string): string {
  return `arn:aws:events:${localRegion}:${accountId}:rule/${name}`;
}

const identifiers: Record<string, Identify> = {
  "AWS::DynamoDB::Table": (name) => ({ ref: name, attributes: { Arn: tableArn(name) } }),
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
  "AWS::Events::Rule": (name) => ({ ref: name, attributes: { Arn: ruleArn(name) } }),
  "AWS::ApiGatewayV2::Api": (id, { apiUrl }) => ({
    ref: id,
    attributes: { ApiId: id, ApiEndpoint: apiUrl },
  }),
};

/** The identity of a resource, or undefined when its type is none that the local run knows. */
export function identify(type: string, name: string, addresses: Addresses): Identity | undefined {
  return identifiers[type]?.(name, addresses);
}

/** The property by which a template may choose the name of a resource itself. */
export const nameProperties: Record<string, string> = {
  "AWS::DynamoDB::Table": "TableName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::IAM::Role": "RoleName",
  "AWS::Events::Rule": "Name",
};
