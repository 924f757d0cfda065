import { afterAll } from "vitest";
import * as z from "zod/mini";
import { startLocalRun } from "../support/service/local-run.ts";
import { publishUrlVariable } from "./by-publish-url.ts";
import { type Client, openClient } from "./client.ts";
import { type Document, readDocument } from "./document/document.ts";
import {
  describeRun,
  givenService,
  ServiceDescription,
  serviceVariable,
} from "./document/service-description.ts";

/** Whether what is published goes by the publish URL, and all else by the API. */
const isByPublishUrl = process.env[publishUrlVariable] !== undefined;

export interface Service extends ServiceDescription {
  /** A client whose every answer is checked against the service's own document. */
  client(key: string | undefined): Client;
  /** The client that may do everything. */
  root: Client;
  document: Document;
}

/** The service under test: a given one, or one that runs for all files, or else one for this file. */
export async function openService(): Promise<Service> {
  const description = (await givenService()) ?? sharedService() ?? (await ownService());
  const document = await readDocument(description.url);
  const publishUrl = isByPublishUrl ? publishUrlOf(description) : undefined;
  const client = (key: string | undefined) => {
    const opened = openClient({ url: description.url, publishUrl }, key, document);
    afterAll(opened.close);
    return opened;
  };
  return { ...description, document, client, root: client(description.key) };
}

function publishUrlOf({ operatorEnv = {} }: ServiceDescription): string {
  const { PublishUrl } = operatorEnv;
  if (PublishUrl === undefined) throw new Error("the service has no publish URL");
  return PublishUrl;
}

function sharedService(): ServiceDescription | undefined {
  const text = process.env[serviceVariable];
  return text === undefined ? undefined : z.parse(ServiceDescription, JSON.parse(text));
}

async function ownService(): Promise<ServiceDescription> {
  const run = await startLocalRun();
  afterAll(() => run[Symbol.asyncDispose]());
  return describeRun(run);
}
