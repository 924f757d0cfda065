import type { DeliveryJob } from "../../shared/contract/jobs.ts";
import { Secret } from "../../shared/domain/webhooks/sealed.ts";
import type { WebhookClient } from "../../shared/http/webhook-client.ts";
import type { Vault } from "../../shared/store/secrets/vault.ts";
import type { Environment } from "./environment.ts";
import type { World } from "./world.ts";

/** Every webhook posts to an address that tells its id. */
export function urlOf(webhookId: string): string {
  return `https://receiver.example/${webhookId}`;
}

/** The receivers of a world, as the functions of an environment reach them. */
export function openReceivers(
  world: World,
  environment: Environment,
  works: () => readonly object[],
): WebhookClient {
  const { clock, observer } = world;
  const underWay = new Map<string, number>();
  const count = (url: string, change: number) => {
    const atOnce = (underWay.get(url) ?? 0) + change;
    underWay.set(url, atOnce);
    return atOnce;
  };
  return {
    async post({ url, headers, timeoutMs }) {
      const job = works().find(
        (work): work is DeliveryJob =>
          "message" in work && isFor(work as DeliveryJob, url, headers["webhook-id"]),
      );
      if (!job) throw new Error("a POST that no job of the batch asks for");
      observer.onPost(job, clock.now(), count(url, 1));
      const { latencyMs, outcome } = world.answer(job, clock.now());
      if (latencyMs >= timeoutMs) {
        await environment.wait(timeoutMs);
        count(url, -1);
        const error = `no full answer within ${timeoutMs / 1000} s`;
        const unreachable = { kind: "unreachable", error, isTimeout: true } as const;
        return { outcome: unreachable, latencyMs: timeoutMs, responseBody: "" };
      }
      const isReceived = outcome.kind === "answer" && Math.floor(outcome.statusCode / 100) === 2;
      // The receiver has it, whatever becomes of the function meanwhile.
      if (isReceived) clock.after(latencyMs, () => observer.onReceived(job, clock.now()));
      await environment.wait(latencyMs);
      count(url, -1);
      return { outcome, latencyMs, responseBody: "" };
    },
  };
}

function isFor(job: DeliveryJob, url: string, messageId: string | undefined): boolean {
  return job.message.messageId === messageId && url === urlOf(job.webhookId);
}

/** The same secret for every webhook, sealed by nobody. */
export function openSecrets(): Pick<
  Vault,
  "secretOf" | "previousSecretOf" | "headersOf" | "openText"
> {
  const secret = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  return {
    secretOf: async () => secret,
    previousSecretOf: async () => undefined,
    headersOf: async () => ({}),
    openText: async () => secret,
  };
}
