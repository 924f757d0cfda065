/** An event type for examples. */
export const summary = {
  topicName: "paid",
  event: "invoice.paid",
  description: "An invoice was paid in full.",
  group: "Billing",
  status: "active",
  validate: "enforce",
  audience: [],
  schemaVersion: 1,
  createdTime: "2024-01-24T23:20:28Z",
  lastModifiedTime: "2024-01-24T23:20:28Z",
};

export const schema = {
  type: "object",
  properties: { invoiceId: { type: "string" }, amount: { type: "integer", minimum: 0 } },
  required: ["invoiceId", "amount"],
};

export const examples = [{ invoiceId: "in_1", amount: 1200 }];

export const eventType = {
  ...summary,
  schema,
  examples,
  versions: [{ schemaVersion: 1, createdTime: "2024-01-24T23:20:28Z" }],
};
