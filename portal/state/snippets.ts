/** How a receiver verifies a delivery; docs/verify.md has the whole programs, which the tests run. */
export const snippets = {
  "Node.js": `// npm install standardwebhooks
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.SECRET);

// The bytes as they came: parsed and written again they are others.
const { type, data } = webhook.verify(await buffer(request), request.headers);
`,
  Python: `# pip install standardwebhooks
from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["SECRET"])

# The bytes as they came: parsed and written again they are others.
event = webhook.verify(body, dict(self.headers))
`,
  Go: `// go get github.com/standard-webhooks/standard-webhooks/libraries/go
webhook, err := standardwebhooks.NewWebhook(secret)

// The bytes as they came: parsed and written again they are others.
body, err := io.ReadAll(request.Body)
err = webhook.Verify(body, request.Header)
`,
  PHP: `// composer require standard-webhooks/standard-webhooks
use StandardWebhooks\\Webhook;

// The bytes as they came: parsed and written again they are others.
$body = file_get_contents('php://input');
$event = (new Webhook($secret))->verify($body, [
    'webhook-id' => $_SERVER['HTTP_WEBHOOK_ID'] ?? null,
    'webhook-timestamp' => $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? null,
    'webhook-signature' => $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? null,
]);
`,
  Ruby: `# gem install standardwebhooks
require "standardwebhooks"

webhook = StandardWebhooks::Webhook.new(secret)

# The bytes as they came: parsed and written again they are others.
names = %w[webhook-id webhook-timestamp webhook-signature]
webhook.verify(request.body, names.to_h { |name| [name, request[name]] })
`,
} as const;

export type SnippetLanguage = keyof typeof snippets;
