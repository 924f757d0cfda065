import { CopyButton } from "../../parts/text/copy-button.tsx";

/** How a receiver checks that a delivery is genuine, with a library that is not ours. */
const snippet = `import { Webhook } from "standardwebhooks";

// The body as it arrived: parsed and written again it is another one.
const message = new Webhook(process.env.WEBHOOK_SECRET).verify(rawBody, headers);
`;

export function VerifySnippet() {
  return (
    <details>
      <summary>How to verify it</summary>
      <div class="stack">
        <p class="quiet">
          In Node, with <code>npm install standardwebhooks</code>; the secret is on the webhook’s
          page.
        </p>
        <pre class="block">{snippet}</pre>
        <div class="actions">
          <CopyButton text={snippet} what="snippet" />
        </div>
      </div>
    </details>
  );
}
