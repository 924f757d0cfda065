/** `npm run bench:deliveries [-- 5000]`: how fast messages reach three webhooks on this machine. */
import { eventually } from "../support/eventually.ts";
import { startFlood } from "../support/network/flood.ts";
import { floodReport } from "../support/network/flood-report.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { startLocalRun } from "../support/service/local-run.ts";

const warmUpCount = 100;
const count = Number(process.argv[2] ?? 1000);

await using run = await startLocalRun();
{
  await using receiver = await startReceiver();
  const warmUp = await startFlood(run, receiver);
  await warmUp.publish(run, warmUpCount);
  await eventually(() => warmUp.missing().length === 0, { timeoutMs: 60_000 });
}
await using receiver = await startReceiver();
const flood = await startFlood(run, receiver);
await flood.publish(run, count);
await eventually(() => flood.missing().length === 0, { timeoutMs: 300_000 });
console.log(floodReport(flood, receiver));
