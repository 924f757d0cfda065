import { accountId } from "../../aws/arn.ts";
import type { Broker } from "../broker.ts";

export function queueUrl(broker: Broker, queueName: string): string {
  return `${broker.url}/${accountId}/${queueName}`;
}
