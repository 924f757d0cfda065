import { afterAll } from "vitest";
import * as z from "zod/mini";
import { startLocalRun } from "../support/service/local-run.ts";
import { type Client, openClient } from "./client.ts";
import { type Document, readDocument } from "./document/document.ts";
import {
  describeRun,
  givenService,
  ServiceDescription,
  serviceVariable,
} from "./document/service-description.ts";

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
  const client = (key: string | undefined) => {
    const opened = openClient(description.url, key, document);
    afterAll(opened.close);
    return opened;
  };
  return { ...description, document, client, root: client(description.key) };
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
