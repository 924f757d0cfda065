import { AppError } from "../../domain/app-error.ts";
import {
  concernsSecret,
  type SentSigning,
  signingProblems,
} from "../../domain/webhooks/signing-settings.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Vault } from "../secrets/vault.ts";

interface Sent {
  readonly config?: SentSigning | undefined;
  readonly secretString?: string | undefined;
}

/**
 * Refuses what cannot be signed with the webhook's secret, and headers that would be set twice. The stored secret is
 * opened only where its kind matters and none was sent.
 */
export async function assertSignable(
  webhook: WebhookRecord,
  sent: Sent,
  vault: Pick<Vault, "secretOf">,
): Promise<void> {
  const secret =
    sent.secretString ??
    (concernsSecret(sent.config) ? (await vault.secretOf(webhook)).reveal() : undefined);
  const details = signingProblems({ ...webhook, secret }, sent);
  const [problem] = details;
  if (!problem) return;
  throw new AppError("INVALID_ARGUMENT_ERROR", `${problem.path} ${problem.message}`, { details });
}
