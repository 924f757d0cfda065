"""A receiver that demands a client certificate, as Python's standard library does it.

Arguments: the folder of server.pem, server.key and clients.pem; "1.2" or "1.3"; the port of 127.0.0.1.
"""

import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        subject = self.connection.getpeercert()["subject"]
        name = dict(pair for names in subject for pair in names)["commonName"]
        version = self.connection.version().replace("TLSv", "TLS ")
        print(self.headers["webhook-id"], name, version, flush=True)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()


folder, version, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
number = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[version]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.minimum_version = context.maximum_version = number
context.verify_mode = ssl.CERT_REQUIRED
context.load_verify_locations(folder / "clients.pem")
context.load_cert_chain(folder / "server.pem", folder / "server.key")
server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
