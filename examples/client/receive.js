/** Receives deliveries: `node receive.js` with SECRET and PORT set. */
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { VerificationError, verify } from "@hookcast/client/verify";

const { SECRET: secret = "", PORT: port } = process.env;

const server = createServer(async (request, response) => {
  // The body as it came: what was parsed and written anew has another signature.
  const received = { headers: request.headers, body: await buffer(request) };
  try {
    const payload = await verify(received, { secret });
    console.log("verified", request.headers["webhook-id"], JSON.stringify(payload));
    response.writeHead(204).end();
  } catch (error) {
    if (error instanceof VerificationError) console.log("not verified:", error.message);
    else console.error(error);
    response.writeHead(error instanceof VerificationError ? 400 : 500).end();
  }
});
server.listen(Number(port), "127.0.0.1", () => console.log("listening"));
