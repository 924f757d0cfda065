import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import { answerChannel, orderChannel } from "./probe-channels.ts";
import { Measured, type Order } from "./probe-protocol.ts";

const graceMs = 500;

/** Gives an order to all probes of this process and answers what those said that were there to hear it. */
export async function orderProbes(order: Order): Promise<Measured[]> {
  const answers = new BroadcastChannel(answerChannel);
  const measured: Measured[] = [];
  answers.onmessage = ({ data }: MessageEvent) => void measured.push(z.parse(Measured, data));
  const orders = new BroadcastChannel(orderChannel);
  orders.postMessage(order);
  // Nobody knows how many threads there are: those that have not answered by now are busy or gone.
  await pause(graceMs);
  orders.close();
  answers.close();
  return measured;
}
