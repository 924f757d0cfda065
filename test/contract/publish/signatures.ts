import { createHmac } from "node:crypto";
import type { Delivery } from "../../support/network/receiver.ts";

/**
 * Both signatures as their documents define them, written here once more. The library that receivers use
 * takes every body for text, so bytes that are none need this.
 */
export function expectedSignatures({ headers, body }: Delivery, secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = createHmac("sha256", key)
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`)
    .update(body)
    .digest("base64");
  return {
    "webhook-signature": `v1,${signed}`,
    "momento-signature": createHmac("sha3-256", secret).update(body).digest("hex"),
  };
}
