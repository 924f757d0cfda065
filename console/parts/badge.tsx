import type { Webhook } from "../../shared/contract/webhook.ts";
import type { DeliveryStatus } from "../state/deliveries/delivery-pages.ts";
import { Icon } from "./icon.tsx";

const tones = {
  delivered: "good",
  failed: "bad",
  retrying: "warn",
  pending: "plain",
  active: "good",
  inactive: "plain",
} as const;

/** How a delivery or a webhook stands, in a word, a sign and a colour. */
export function Badge({ status }: { status: DeliveryStatus | Webhook["webhookStatus"] }) {
  return (
    <span class={`badge ${tones[status]}`}>
      <Icon name={status} />
      {status}
    </span>
  );
}
