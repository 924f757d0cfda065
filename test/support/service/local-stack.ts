import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { readAllowedHosts } from "../../../local/allowed-hosts.ts";
import { type Host, startHost } from "../../../local/host.ts";
import { functionResources, writeAssembly } from "../../unit/local/assembly.ts";

const Credentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

const tell = `export async function handler() {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  return { accessKeyId, secretAccessKey };
}`;

const queueArn = { "Fn::GetAtt": ["Queue", "Arn"] };
const services = ["events.amazonaws.com", "sns.amazonaws.com"];

const Resources = {
  Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } },
  Queue: { Type: "AWS::SQS::Queue", Properties: {} },
  QueuePolicy: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      Queues: [{ Ref: "Queue" }],
      PolicyDocument: {
        Statement: [
          {
            ...{ Effect: "Allow", Principal: { Service: services } },
            ...{ Action: "sqs:SendMessage", Resource: queueArn },
          },
        ],
      },
    },
  },
  Rule: {
    Type: "AWS::Events::Rule",
    Properties: { EventPattern: { source: ["shop"] }, Targets: [{ Arn: queueArn, Id: "queue" }] },
  },
  Topic: { Type: "AWS::SNS::Topic", Properties: {} },
  Subscription: {
    Type: "AWS::SNS::Subscription",
    Properties: {
      ...{ TopicArn: { Ref: "Topic" }, Protocol: "sqs", Endpoint: queueArn },
      RawMessageDelivery: true,
    },
  },
  ...functionResources("Tell"),
};

/** The smallest stack that has everything which listens: a gateway without routes, and the engines. */
export interface LocalStack extends AsyncDisposable, Pick<Host, "url" | "operatorEnv" | "close"> {
  dataDir: string;
  /** What a function without any rights signs with. */
  credentialsOfFunction(): Promise<z.infer<typeof Credentials>>;
}

export async function startLocalStack({ allowedHosts = "" } = {}): Promise<LocalStack> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-stack-"));
  const dataDir = join(folder, "data");
  const assembly = await writeAssembly(
    { Resources },
    { Tell: tell },
    await mkdtemp(join(folder, "assembly-")),
  );
  const host = await startHost({
    assembly,
    dataDir,
    port: 0,
    allowedHosts: readAllowedHosts(allowedHosts),
    log: () => undefined,
  });
  const close = async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: host.url,
    operatorEnv: host.operatorEnv,
    dataDir,
    credentialsOfFunction: async () => Credentials.parse(await host.invoke("Tell", {})),
    close,
    [Symbol.asyncDispose]: close,
  };
}
