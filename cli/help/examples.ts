/** One or two lines for each command, by its path; a test has the parser read each of them. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  "": [
    "hookcast status",
    "hookcast webhooks put orders/billing --topic paid --url https://example.com/",
    `hookcast publish orders/paid '{"amount": "12.50"}'`,
    "hookcast deliveries tail orders/billing --since 10m",
  ],
  status: ["hookcast status", "hookcast status orders --json"],
  addresses: ["hookcast addresses"],
  completion: [
    "hookcast completion zsh > ~/.zfunc/_hookcast",
    'eval "$(hookcast completion bash)"',
  ],
  "event-types": ["hookcast event-types list --topic paid"],
  "event-types put": [
    "hookcast event-types put paid/invoice.paid --schema schema.json",
    "hookcast event-types put paid/invoice.paid --validate enforce",
  ],
  "event-types get": [
    "hookcast event-types get paid/invoice.paid",
    "hookcast event-types get paid/invoice.paid --schema --schema-version 1",
  ],
  "event-types list": ["hookcast event-types list --status active,archived"],
  "event-types delete": ["hookcast event-types delete paid/invoice.paid --yes"],
  "event-types import": ["hookcast event-types import openapi.json --topic paid --dry-run"],
  "event-types export": [
    "hookcast event-types export > openapi.json",
    "hookcast event-types export --format asyncapi --topic paid",
  ],
  "event-types validate": [
    `hookcast event-types validate paid/invoice.paid '{"amount": 12}'`,
    "hookcast event-types validate paid/invoice.paid --file invoice.json",
  ],
  filters: [`hookcast filters test orders '{"id": 5}' --filter '{"value":{"id":[5]}}'`],
  "filters test": [
    `hookcast filters test orders '{"id": 5}' --filter '{"value":{"id":[5]}}'`,
    `hookcast filters test orders --file order.json --filter '{"event":["paid"]}'`,
  ],
  listen: [
    "hookcast listen orders/paid --forward http://localhost:8080/hooks",
    "hookcast listen --webhook orders/billing --port 4000 --body",
  ],
  mcp: ["hookcast mcp", "hookcast mcp --allow-changes"],
  open: [
    "hookcast open orders/billing",
    "hookcast open orders/msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2 --print",
  ],
  publish: [
    `hookcast publish orders/paid '{"amount": "12.50"}' --event invoice.paid`,
    "cat order.json | hookcast publish orders/paid",
    "hookcast publish orders/paid --batch orders.ndjson --idempotency-key import-1",
    `hookcast publish orders/paid '{"amount": "12.50"}' --queue "$QUEUE"`,
  ],
  trigger: [
    "hookcast trigger invoice.paid",
    "hookcast trigger invoice.paid --cache orders --topic paid --example 2",
  ],
  start: ["hookcast start", "hookcast start --template cdk.out"],
  stats: ["hookcast stats orders/billing", "hookcast stats orders/billing --since 7d --by day"],
  verify: ["hookcast verify request.txt --webhook orders/billing"],

  profiles: ["hookcast profiles list", "hookcast profiles use live"],
  "profiles add": [
    "hookcast profiles add live --url https://api.example.com",
    'hookcast profiles add local --url http://127.0.0.1:8080 <<< "$KEY"',
  ],
  "profiles list": ["hookcast profiles list"],
  "profiles use": ["hookcast profiles use live"],
  "profiles remove": ["hookcast profiles remove live"],

  caches: ["hookcast caches list"],
  "caches list": ["hookcast caches list"],
  "caches suspend": ["hookcast caches suspend orders"],
  "caches resume": ["hookcast caches resume orders"],
  "caches keys": ["hookcast caches keys orders"],
  "caches rotate-key": ["hookcast caches rotate-key orders --grace-hours 48"],

  portal: ["hookcast portal link orders"],
  "portal link": [
    "hookcast portal link orders",
    "hookcast portal link orders --permission read --topic paid --minutes 15",
  ],
  "portal end": ["hookcast portal end orders ses_01JDZ6C8D2E4F6G8H1J3K5M7N9"],

  webhooks: [
    "hookcast webhooks list --health --state failing,held",
    "hookcast webhooks get orders/billing --health",
  ],
  "webhooks put": ["hookcast webhooks put orders/billing --topic paid --url https://example.com/"],
  "webhooks create": ["hookcast webhooks create --url https://example.com/hooks --cache orders"],
  "webhooks list": [
    "hookcast webhooks list orders --topic paid",
    "hookcast webhooks list --health --state failing,held",
  ],
  "webhooks get": ["hookcast webhooks get orders/billing --health"],
  "webhooks update": [
    "hookcast webhooks update orders/billing --url https://example.com/fixed",
    "hookcast webhooks update orders/billing --event invoice.paid --timeout 5",
  ],
  "webhooks status": [
    "hookcast webhooks status orders/billing",
    "hookcast webhooks status orders/billing active",
  ],
  "webhooks delete": ["hookcast webhooks delete orders/billing --yes"],
  "webhooks secret": ["hookcast webhooks secret orders/billing"],
  "webhooks rotate": ["hookcast webhooks rotate orders/billing --grace-hours 48"],
  "webhooks test": ["hookcast webhooks test orders/billing"],
  "webhooks resume": ["hookcast webhooks resume orders/billing"],

  messages: ["hookcast messages list orders --since 1h"],
  "messages list": ["hookcast messages list orders --topic paid --event invoice.paid"],
  "messages get": [
    "hookcast messages get orders msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2",
    "hookcast messages get orders msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2 --value",
  ],
  "messages deliveries": ["hookcast messages deliveries orders msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2"],
  "messages retry": [
    "hookcast messages retry orders msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2",
    "hookcast messages retry orders msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2 billing crm",
  ],

  deliveries: [
    "hookcast deliveries list orders/billing --status failed",
    "hookcast deliveries recover orders/billing --since 24h",
  ],
  "deliveries list": [
    "hookcast deliveries list orders/billing --status failed --since 24h",
    "hookcast deliveries list orders/billing --code 5xx --event invoice.paid",
  ],
  "deliveries show": ["hookcast deliveries show orders/billing msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2"],
  "deliveries retry": ["hookcast deliveries retry orders/billing msg_01J0V2X3Y4Z5A6B7C8D9E0F1G2"],
  "deliveries recover": [
    "hookcast deliveries recover orders/billing --since 24h --dry-run",
    "hookcast deliveries recover orders/billing --since 24h --status-class 5xx",
  ],
  "deliveries tail": [
    "hookcast deliveries tail orders/billing --since 10m",
    "hookcast deliveries tail orders/billing --status failed --body",
  ],
};
