import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { IngestEntry } from "../../../shared/contract/ingest.ts";
import { DeliveryWork, FanOutJob, RecoveryStep } from "../../../shared/contract/jobs.ts";

/** Bodies as version 1 sent them, by their queue. Never changed: they wait in queues while a new version is deployed. */
const samples: Record<string, unknown[]> = JSON.parse(
  readFileSync(new URL("../../samples/queue-bodies-v1.json", import.meta.url), "utf8"),
);

/** As the workers read them. */
const schemas: Record<string, z.core.$ZodType> = {
  delivery: DeliveryWork,
  slow: DeliveryWork,
  retry: DeliveryWork,
  fanOut: FanOutJob,
  recover: RecoveryStep,
  ingest: IngestEntry,
};

test("every queue has samples", () => {
  expect(Object.keys(samples)).toEqual(Object.keys(schemas));
});

test.each(Object.entries(samples))(
  "what waits in the %s queue is read, all of it",
  (queue, bodies) => {
    const schema = schemas[queue];
    if (!schema) throw new Error(`no schema of ${queue}`);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) expect(z.parse(schema, body)).toEqual(body);
  },
);
