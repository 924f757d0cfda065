import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import type { Vault } from "../../../shared/store/secrets/vault.ts";
import { conflict } from "../../../shared/store/table/table.ts";
import type { WebhookStore } from "../../../shared/store/webhooks/webhook-store.ts";
import type { WebhookWriter } from "../../../shared/store/webhooks/webhook-writer.ts";

/** Webhooks in memory, with the rule of the store that matters to use cases: a stale version loses. */
export function memoryWebhooks(...initial: WebhookRecord[]) {
  const webhooks = new Map(initial.map((webhook) => [webhook.webhookName, webhook]));
  const isStale = ({ webhookName, webhookId, version }: WebhookRecord) => {
    const current = webhooks.get(webhookName);
    return current?.webhookId !== webhookId || current.version !== version;
  };
  const all = () => [...webhooks.values()];

  const store: Pick<WebhookStore, "find" | "findById" | "inNameOrder"> = {
    find: async (cacheName, webhookName) =>
      all().find((one) => one.cacheName === cacheName && one.webhookName === webhookName),
    findById: async (webhookId) => all().find((one) => one.webhookId === webhookId),
    async *inNameOrder(cacheName, { after = "" }) {
      const sorted = all().sort((a, b) => (a.webhookName < b.webhookName ? -1 : 1));
      yield* sorted.filter((one) => one.cacheName === cacheName && one.webhookName > after);
    },
  };
  const writer: WebhookWriter = {
    async create(next, webhooksPerCache) {
      if (webhooks.has(next.webhookName)) return conflict;
      if (webhooks.size >= webhooksPerCache) return "full";
      webhooks.set(next.webhookName, next);
      return "written";
    },
    async replace(previous, next) {
      if (isStale(previous)) return conflict;
      webhooks.set(next.webhookName, next);
      return "written";
    },
    async remove(previous) {
      if (isStale(previous)) return conflict;
      webhooks.delete(previous.webhookName);
      return "written";
    },
  };
  return { store, writer, all };
}

/** Seals so that a test can read it: `secret of whk_…: whsec_…`. */
export const openBookVault: Vault = {
  sealSecret: async (webhookId, secret) => `secret of ${webhookId}: ${secret}`,
  sealHeaders: async (webhookId, headers) => {
    const headerNames = Object.keys(headers);
    const text = `headers of ${webhookId}: ${JSON.stringify(headers)}`;
    return { sealedHeaders: headerNames.length > 0 ? text : undefined, headerNames };
  },
  secretOf: async ({ sealedSecret }) => new Secret(afterColon(sealedSecret)),
  previousSecretOf: async ({ sealedPreviousSecret }) =>
    sealedPreviousSecret ? new Secret(afterColon(sealedPreviousSecret)) : undefined,
  headersOf: async ({ sealedHeaders }) => JSON.parse(afterColon(sealedHeaders ?? ": {}")),
  sealText: async (owner, purpose, text) => `${purpose} of ${owner}: ${text}`,
  openText: async (_owner, _purpose, sealed) => new Secret(afterColon(sealed)),
};

function afterColon(sealed: string): string {
  return sealed.slice(sealed.indexOf(": ") + 2);
}
