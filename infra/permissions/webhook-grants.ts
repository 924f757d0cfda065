import type { operationGroups } from "../../shared/contract/routes.ts";
import type { Connections } from "./connections.ts";
import type { Link } from "./links.ts";
import {
  changes,
  existence,
  looks,
  looksAtHealth,
  newcomers,
  notices,
  opensSecrets,
  repairs,
  settings,
  signingKeys,
  tokens,
  versions,
} from "./partitions.ts";

/** What the operations on webhooks may do. One that is missing here does not compile. */
export function webhookGrants(
  to: Connections,
): Record<keyof typeof operationGroups.webhooks, Link[]> {
  const creates = [
    to.webhookRows(["vault"], "PutItem"), // the first webhook makes the first data key
    to.dataKey("GenerateDataKey", "Decrypt"),
    to.retentionDays,
    to.webhooksPerCache,
    to.privateDestinations,
    to.ownAddresses,
  ];
  const listsWebhooks = [
    to.webhooks("GetItem", "BatchGetItem", "Query"),
    ...looksAtHealth(to),
    opensSecrets(to),
  ];

  return {
    putWebhook: [
      to.webhooks(...looks),
      to.webhookRows(notices, "PutItem", "DeleteItem"),
      to.webhookRows([...existence, "former/*"], ...changes),
      to.webhookRows([...versions, ...signingKeys, "caches"], "PutItem"),
      ...repairs(to),
      ...creates,
    ],
    listWebhooks: listsWebhooks,
    listAllWebhooks: listsWebhooks,
    deleteWebhook: [
      to.webhooks(...looks),
      to.webhookRows(notices, "DeleteItem"),
      to.webhookRows([...existence, "former/*"], ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
    ],
    createWebhook: [
      to.webhooks(...looks),
      to.webhookRows(existence, ...changes),
      to.webhookRows([...newcomers, ...versions, ...signingKeys, ...notices, "caches"], "PutItem"),
      ...creates,
    ],
    getWebhookSecret: [to.webhooks("GetItem"), opensSecrets(to)],
    rotateWebhookSecret: [
      to.webhooks(...looks),
      to.webhookRows(settings, ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
      ...repairs(to),
      opensSecrets(to),
    ],
    getPublicKeys: [to.webhookRows(signingKeys, "GetItem")],
    rotateSigningKey: [
      to.webhooks("GetItem"),
      to.webhookRows([...signingKeys, "vault"], "PutItem"), // what it seals may be the first
      to.dataKey("GenerateDataKey", "Decrypt"),
    ],
    getWebhookDetails: [to.webhooks("GetItem"), ...looksAtHealth(to), opensSecrets(to)],
    updateWebhookDetails: [
      to.webhooks(...looks),
      to.webhookRows(notices, "PutItem", "DeleteItem"),
      to.webhookRows(settings, ...changes),
      to.webhookRows([...versions, ...signingKeys], "PutItem"),
      to.retentionDays,
      ...repairs(to),
      opensSecrets(to),
      to.privateDestinations,
      to.ownAddresses,
    ],
    updateWebhookStatus: [
      to.webhooks(...looks),
      to.webhookRows(settings, ...changes),
      to.webhookRows(versions, "PutItem"),
      to.retentionDays,
      ...repairs(to),
    ],
    testWebhook: [
      to.receivers,
      to.webhooks("GetItem"),
      ...repairs(to), // a fast response is kept as a proof besides
      to.webhookRows(tokens, "UpdateItem"),
      to.messageRows(["test-rate/*"], "UpdateItem"), // how many tests the key has sent
      opensSecrets(to),
      to.privateDestinations,
      to.consoleUrl,
      to.signatures,
      to.metrics,
    ],
    resumeWebhook: [to.webhooks("GetItem"), ...looksAtHealth(to), ...repairs(to)],
  };
}
