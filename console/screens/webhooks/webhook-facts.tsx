import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Facts } from "../../parts/facts.tsx";
import { IdText } from "../../parts/text/id-text.tsx";
import { When } from "../../parts/when.tsx";
import { settingTexts } from "../../state/webhooks/setting-changes.ts";

export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { webhookId } = webhook;
  const { config } = webhook;
  const headers = Object.entries(config.customHeaders);
  const { URL: url, ...texts } = settingTexts(webhook);
  const facts = {
    "Posts to": <code>{url}</code>,
    ...texts,
    Headers:
      headers.length === 0
        ? "none of your own"
        : headers.map(([name, value]) => (
            <code key={name} class="line">
              {name}: {value}
            </code>
          )),
    Authorization: authText(config.auth),
    "Client certificate": certificateText(webhook),
    Signatures: signatureTexts(config).map((text) => (
      <code key={text} class="line">
        {text}
      </code>
    )),
    ...(config.metaHeaders && {
      "About the delivery": Object.entries(config.metaHeaders).map(([name, template]) => (
        <code key={name} class="line">
          {name}: {template}
        </code>
      )),
    }),
    Created: <When time={webhook.createdTime} />,
    "Last changed": (
      <>
        <When time={webhook.lastModifiedTime} />
        <span class="quiet">
          {" · "}
          <When time={webhook.lastModifiedTime} isAgo />
        </span>
      </>
    ),
    Id: <IdText id={webhookId} what="webhook" />,
  };
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Settings</h2>
      <Facts facts={facts} />
    </section>
  );
}

/** What authorizes deliveries at the receiver; no page has its secret. */
function authText(auth: Webhook["config"]["auth"]): string {
  switch (auth?.type) {
    case undefined:
      return "none of its own";
    case "basic":
      return `user ${auth.username}, with a password`;
    case "bearer":
      return "a bearer token";
    case "oauth2":
      return `OAuth 2.0 client ${auth.clientId}, token from ${auth.tokenUrl}`;
  }
}

/** When it expires is a part of the health. */
function certificateText({ config, health }: Webhook) {
  if (!config.clientCertificate) return "none";
  const time = health?.certificateExpiryTime;
  return time === undefined ? (
    "shown in the TLS handshake"
  ) : (
    <>
      expires <When time={time} />
    </>
  );
}

/** The headers that sign a delivery; what the deployment adds is not known here. */
function signatureTexts({
  standardSignature,
  asymmetric,
  signatures = [],
}: Webhook["config"]): string[] {
  const own = signatures.map((signature) => {
    const name = "scheme" in signature ? signature.scheme : signature.header;
    return signature.until === undefined ? name : `${name} until ${signature.until}`;
  });
  const standard = asymmetric ? "webhook-signature (secret and public key)" : "webhook-signature";
  const all = [...(standardSignature === false ? [] : [standard]), ...own];
  return all.length > 0 ? all : ["none"];
}
