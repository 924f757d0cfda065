import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { eventually } from "../../support/eventually.ts";
import type { Receiver } from "../../support/network/receiver.ts";
import type { Driver, Outcome } from "./driver.ts";
import { expectMatch, type Names, partOf, withNames } from "./match.ts";
import type { Call, Receive, Scenario, Verify } from "./scenario.ts";
import { expectRequests, startScriptedServer } from "./scripted-server.ts";

export interface Surroundings {
  service: { url: string; key: string };
  receiver: Receiver;
  /** A tenant and a path of the receiver for this scenario and client alone. */
  name: string;
}

interface World extends Surroundings {
  driver: Driver;
  names: Names;
}

/** Has a client do what a scenario says, and expects what it says. */
export async function runScenario(
  { replies, steps, requests }: Scenario,
  driver: Driver,
  surroundings: Surroundings,
): Promise<void> {
  await using server = replies && (await startScriptedServer(replies));
  const names: Names = new Map([
    ["cache", surroundings.name],
    ["receiver", `${surroundings.receiver.url}/${surroundings.name}`],
    ["since", new Date(Date.now() - 60_000).toISOString()],
  ]);
  const { key } = surroundings.service;
  const service = server ? { url: server.url, key } : surroundings.service;
  const world = { ...surroundings, service, driver, names };
  for (const step of steps) {
    // Texts are replaced by what is saved, which has the same type where a step needs one.
    const named = withNames(step, names) as typeof step;
    if ("call" in named) await call(named, world);
    else if ("receive" in named) await receive(named, world);
    else await verify(named, world);
  }
  if (server && requests) expectRequests(server.requests, requests);
}

async function call(step: Call, { driver, service, names }: World): Promise<void> {
  const { call, input, headers, whole, take, timeoutMs, maxRetries, key, save = {} } = step;
  const client = {
    ...service,
    ...(key !== undefined && { key }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxRetries !== undefined && { maxRetries }),
  };
  const rest = {
    ...(input && { input }),
    ...(headers && { headers }),
    ...(whole && { whole }),
    ...(take && { take }),
  };
  const tryOnce = async () => {
    const outcome = await driver.ask({ client, call, ...rest });
    expectOutcome(outcome, step);
    return outcome;
  };
  const outcome = await (step.eventually ? eventually(tryOnce) : tryOnce());
  for (const [name, path] of Object.entries(save)) {
    names.set(name, partOf("ok" in outcome ? outcome.ok : undefined, path));
  }
}

async function receive(step: Receive, { driver, receiver, name }: World): Promise<void> {
  const path = `/${name}${step.receive}`;
  const delivery = await eventually(() => receiver.find(path, step.messageId));
  if (step.body !== undefined) expect(delivery.body.toString()).toBe(step.body);
  if (step.bodyBase64 !== undefined) {
    expect(delivery.body.toString("base64")).toBe(step.bodyBase64);
  }
  if (step.ok === undefined && step.error === undefined) return;
  const { headers, body } = delivery;
  const { secret, publicKey, momento = false } = step;
  const received = {
    ...{ headers, body: body.toString("base64"), momento },
    ...(secret !== undefined && { secret }),
    ...(publicKey !== undefined && { publicKey }),
  };
  expectOutcome(await driver.ask({ verify: received }), step);
}

async function verify(step: Verify, { driver }: World): Promise<void> {
  const { signWith, secret, body, changedBody = body, ageSeconds = 0 } = step.verify;
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signatures = signWith.map((signer) => {
    const key = Buffer.from(signer.replace(/^whsec_/, ""), "base64");
    const mac = createHmac("sha256", key).update(`msg_1.${timestamp}.${body}`);
    return `v1,${mac.digest("base64")}`;
  });
  const signed: Record<string, string> = {
    "webhook-id": "msg_1",
    "webhook-timestamp": timestamp,
    "Webhook-Signature": signatures.join(" "),
  };
  const changed = Object.entries({ ...signed, ...step.verify.headers });
  const headers = Object.fromEntries(
    changed.flatMap(([header, value]) => (value === null ? [] : [[header, value]])),
  );
  const { toleranceSeconds } = step.verify;
  const outcome = await driver.ask({
    verify: {
      ...{ headers, secret, body: Buffer.from(changedBody).toString("base64") },
      ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    },
  });
  expectOutcome(outcome, step);
}

function expectOutcome(outcome: Outcome, { ok, error }: { ok?: unknown; error?: unknown }): void {
  if (error !== undefined) expectMatch(outcome, { error });
  else if (ok === undefined) expect(outcome).toHaveProperty("ok");
  else expectMatch(outcome, { ok });
}
