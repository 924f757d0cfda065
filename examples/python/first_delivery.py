"""From nothing to a verified delivery: puts a webhook, publishes, and verifies what arrives."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import hookcast

arrived = Event()
secret = ""


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            payload = hookcast.verify(dict(self.headers), body, secret)
        except hookcast.VerificationError as error:
            print("not verified:", error)
            self.send_response(400)
        else:
            print("verified", self.headers["webhook-id"], payload["type"], payload["data"])
            self.send_response(204)
            arrived.set()
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """The lines above say enough."""


server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Receiver)
Thread(target=server.serve_forever, daemon=True).start()

with hookcast.Hookcast(os.environ["HOOKCAST_URL"], os.environ["HOOKCAST_KEY"]) as client:
    put = client.put_webhook(
        cache_name="orders",
        webhook_name="billing",
        topic_name="paid",
        destination={"postUrl": f"http://127.0.0.1:{server.server_port}/"},
    )
    secret = put["secretString"]
    published = client.publish(cache_name="orders", topic_name="paid", value={"amount": "12.50"})
    print("published", published["messageId"])

if not arrived.wait(timeout=30):
    raise SystemExit("nothing has arrived within half a minute")
server.shutdown()  # not before the answer is sent: without it the delivery would be tried again
