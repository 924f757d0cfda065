import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from "vitest";
import type { Client } from "../../client/client.ts";
import { createClient } from "../../client/create-client.ts";
import { type Receiver, startReceiver } from "../support/network/receiver.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";
import { launchChromium, noChromiumVariable } from "./chromium-setup.ts";
import { assemblyVariable } from "./quick-assembly.ts";

export interface ConsoleUnderTest {
  run: LocalRun;
  url: string;
  client: Client;
  receiver: Receiver;
  /** What the receiver answers from now on. */
  answerWith(status: number, body?: string): void;
  /** Puts a webhook to a path of its own at the receiver, for the topic `t`. */
  putWebhook(cacheName: string, webhookName: string): Promise<{ webhookId: string }>;
  /** Makes ready what the tests of a file need, unless they are skipped. */
  prepare(work: () => Promise<void>): void;
  /** A tab of its own, closed at the end of the test; it fails the test where a script or the policy does. */
  openPage(options?: PageOptions): Promise<Page>;
  /** Another page than the console, in such a tab. */
  openTab(at: string, options?: BrowserContextOptions): Promise<Page>;
  /** A tab whose user is signed in. */
  openSignedIn(cacheName: string, options?: PageOptions): Promise<Page>;
}

interface PageOptions extends BrowserContextOptions {
  /** Where the console is, if not with the service. */
  at?: string;
}

/** The service with its console, a receiver and a browser, for all tests of a file. */
export function useConsole(
  assembly = async () => process.env[assemblyVariable] ?? "",
): ConsoleUnderTest {
  const parts = new AsyncDisposableStack();
  let started: Omit<
    ConsoleUnderTest,
    "openPage" | "openTab" | "openSignedIn" | "prepare" | "putWebhook"
  >;
  let browser: Browser;
  const reason = process.env[noChromiumVariable];

  beforeEach(({ skip }) => skip(reason !== undefined, reason));
  beforeAll(async () => {
    if (reason !== undefined) return;
    browser = await launchChromium();
    parts.defer(() => browser.close());
    const run = parts.use(await startLocalRun({ template: await assembly() }));
    let answer = { status: 200, body: "" };
    const receiver = parts.use(await startReceiver({ handler: () => answer }));
    const answerWith = (status: number, body = "") => {
      answer = { status, body };
    };
    started = { run, url: `${run.url}/console/`, client: createClient(run), receiver, answerWith };
  });
  afterAll(() => parts.disposeAsync());

  async function openTab(at: string, options?: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(at);
    return page;
  }

  async function openPage({ at = started.url, ...options }: PageOptions = {}): Promise<Page> {
    const page = await openTab(at, options);
    // The page has loaded before its script knows where the API is.
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    return page;
  }

  async function openSignedIn(cacheName: string, options?: PageOptions): Promise<Page> {
    const page = await openPage(options);
    await page.getByLabel("API key").fill(started.run.key);
    await page.getByLabel("Cache").fill(cacheName);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    return page;
  }

  return {
    get run() {
      return started.run;
    },
    get url() {
      return started.url;
    },
    get client() {
      return started.client;
    },
    get receiver() {
      return started.receiver;
    },
    prepare: (work) => beforeAll(reason === undefined ? work : async () => {}),
    answerWith: (status, body) => started.answerWith(status, body),
    putWebhook: (cacheName, webhookName) =>
      started.client.putWebhook({
        ...{ cacheName, webhookName, topicName: "t" },
        destination: { postUrl: `${started.receiver.url}/${cacheName}` },
      }),
    openPage,
    openTab,
    openSignedIn,
  };
}
