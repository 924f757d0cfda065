import express from "express";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { openInbox } from "./inbox.js";

const { SECRET: secret, PORT: port = "4000", INBOX: file = "inbox.sqlite" } = process.env;
if (!secret) throw new Error("SECRET is not set");

const webhook = new Webhook(secret);
const inbox = openInbox(file);
const app = express();

// The body as it came: the signature covers its bytes, not what a parser would make of them.
app.post("/", express.raw({ type: () => true, limit: "2mb" }), (request, response) => {
  const id = request.get("webhook-id");
  // Of a request without a body there is nothing.
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  try {
    webhook.verify(body, request.headers);
  } catch (error) {
    // What is genuine and no JSON cannot be this webhook's.
    if (!(error instanceof WebhookVerificationError || error instanceof SyntaxError)) throw error;
    console.log("not verified:", error.message);
    response.sendStatus(400);
    return;
  }
  console.log(inbox.store(id, body) ? "stored" : "seen before", id);
  response.sendStatus(204);
  setImmediate(work);
});

app.listen(Number(port), "127.0.0.1");
work();

/** After the answer; and at the start, for what was stored and not done when the receiver stopped. */
function work() {
  inbox.handleWaiting((id, body) => {
    const { type, data } = JSON.parse(body);
    console.log("handled", id, type, data);
  });
}
