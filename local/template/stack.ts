import type { Policies } from "../aws/policy.ts";
import { type EventRule, readBuses, readEventRules } from "./event-rules.ts";
import { type EventSource, readEventSources } from "./event-sources.ts";
import { type FunctionUrl, readFunctionUrl } from "./function-urls.ts";
import { type LambdaFunction, readFunctions } from "./functions.ts";
import { type HttpApi, readHttpApi } from "./http-api.ts";
import type { Addresses } from "./identity.ts";
import { text } from "./intrinsics.ts";
import { createResolver } from "./resolver.ts";
import { namedProperties, resolveResources } from "./resources.ts";
import { type RateRule, readRules } from "./rules.ts";
import { readSite, type Site, withSiteUrl } from "./site.ts";
import { readStreamSources, type StreamSource } from "./stream-sources.ts";
import type { Template } from "./template.ts";
import { readTopics, type SnsTopic } from "./topics.ts";

/** What a template describes, in the words of the local run. Types that are not here do not matter to it. */
export interface Stack {
  /** Each as the properties of its resource, for the engines to make sense of. */
  tables: object[];
  queues: object[];
  functions: LambdaFunction[];
  eventSources: EventSource[];
  streamSources: StreamSource[];
  rules: RateRule[];
  eventRules: EventRule[];
  buses: string[];
  topics: SnsTopic[];
  api: HttpApi | undefined;
  functionUrl: FunctionUrl | undefined;
  site: Site | undefined;
  /** By the logical id of a function, which is its access key as well. */
  policies: Policies;
  outputs: Record<string, string>;
}

export interface SynthesizedStack {
  stackName: string;
  template: Template;
  /** From the S3 object key of code or files to the folder that holds them. */
  assetFolders: ReadonlyMap<string, string>;
}

export function readStack(
  { stackName, template, assetFolders }: SynthesizedStack,
  addresses: Addresses,
): Stack {
  const resolver = createResolver(template, stackName, addresses);
  const resources = resolveResources(template, resolver);
  const deployed = readFunctions(resources, assetFolders);
  const functions = withSiteUrl(deployed, resources, addresses.apiUrl);
  const outputs = Object.entries(template.Outputs).filter(([, { Condition }]) =>
    resolver.exists(Condition),
  );
  return {
    tables: namedProperties(resources, "AWS::DynamoDB::Table", "TableName"),
    queues: namedProperties(resources, "AWS::SQS::Queue", "QueueName"),
    functions,
    eventSources: readEventSources(resources, functions),
    streamSources: readStreamSources(resources, functions),
    rules: readRules(resources, functions),
    eventRules: readEventRules(resources),
    buses: readBuses(resources),
    topics: readTopics(resources),
    api: readHttpApi(resources, functions),
    functionUrl: readFunctionUrl(resources, functions),
    site: readSite(resources, assetFolders),
    policies: Object.fromEntries(functions.map((fn) => [fn.logicalId, fn.statements])),
    outputs: Object.fromEntries(
      outputs.map(([name, { Value }]) => [name, text(resolver.resolve(Value, `output ${name}`))]),
    ),
  };
}
