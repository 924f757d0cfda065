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

interface BadgeProps {
  status: DeliveryStatus | Webhook["webhookStatus"];
  /** In the reader's language. */
  word?: string;
}

/** How a delivery or a webhook stands, in a word, a sign and a colour. */
export function Badge({ status, word = status }: BadgeProps) {
  return (
    <span class={`badge ${tones[status]}`}>
      <Icon name={status} />
      {word}
    </span>
  );
}
