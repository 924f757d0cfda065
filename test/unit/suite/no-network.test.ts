import { expect, test } from "vitest";
import { isUnreachable } from "../../../site/install.ts";
import { foundNoNetwork } from "../../steps/no-network.ts";

/** What the programs printed on a machine without a network, with a proxy at a dead port, or at a server that hung. */
const noNetwork: Record<string, string> = {
  "pip without a name server": `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7faa1d0e7310>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/idna/
ERROR: Could not find a version that satisfies the requirement idna==3.10 (from versions: none)
ERROR: No matching distribution found for idna==3.10`,
  "pip at a dead proxy": `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ProxyError('Cannot connect to proxy.', NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7ff8cdd49850>: Failed to establish a new connection: [Errno 111] Connection refused'))': /simple/idna/
ERROR: Could not find a version that satisfies the requirement idna==3.10 (from versions: none)
ERROR: No matching distribution found for idna==3.10`,
  "pip at an index that hangs": `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'ReadTimeoutError("HTTPConnectionPool(host='127.0.0.1', port=8199): Read timed out. (read timeout=1.0)")': /simple/idna/
ERROR: Could not find a version that satisfies the requirement idna==3.10 (from versions: none)
ERROR: No matching distribution found for idna==3.10`,
  "pip where the file is refused": `    raise ConnectionError(e, request=request)
pip._vendor.requests.exceptions.ConnectionError: HTTPSConnectionPool(host='127.0.0.1', port=9): Max retries exceeded with url: /idna-3.10-py3-none-any.whl (Caused by NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7fa2e78c8290>: Failed to establish a new connection: [Errno 111] Connection refused'))`,
  "npm without a name server": `npm error code EAI_AGAIN
npm error syscall getaddrinfo
npm error errno EAI_AGAIN
npm error request to https://registry.npmjs.org/is-odd failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org`,
  "npm at a dead proxy": `npm error code ECONNREFUSED
npm error syscall connect
npm error errno ECONNREFUSED
npm error FetchError: request to http://127.0.0.1:9/is-odd failed, reason: connect ECONNREFUSED 127.0.0.1:9`,
  "npm at a registry that hangs": `npm error code FETCH_ERROR
npm error errno FETCH_ERROR
npm error network timeout at: http://127.0.0.1:8199/is-odd`,
  "go mod download without a name server": `go: golang.org/x/text@v0.22.0: Get "https://proxy.golang.org/golang.org/x/text/@v/v0.22.0.mod": dial tcp: lookup proxy.golang.org on 192.0.2.53:53: dial udp 192.0.2.53:53: connect: network is unreachable`,
  "go mod download at a dead proxy": `go: golang.org/x/text@v0.22.0: Get "https://proxy.golang.org/golang.org/x/text/@v/v0.22.0.mod": proxyconnect tcp: dial tcp 127.0.0.1:9: connect: connection refused`,
  "go vet, which downloads": `go: downloading golang.org/x/text v0.22.0
main.go:2:8: golang.org/x/text@v0.22.0: Get "https://127.0.0.1:9/golang.org/x/text/@v/v0.22.0.zip": dial tcp 127.0.0.1:9: connect: connection refused`,
  "git without a name server": `fatal: unable to access 'https://github.com/rhysd/actionlint/': Could not resolve host: github.com`,
  "git at a dead proxy": `fatal: unable to access 'https://github.com/rhysd/actionlint/': Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server`,
};

test.for(Object.entries(noNetwork))("%s reached nobody", ([, output]) => {
  expect(output.split("\n")).toContain(foundNoNetwork(output));
});

/** What tells of a fault of ours, of a document's, or of a receiver's. */
const faults: Record<string, string> = {
  "a client in Python that cannot publish": `Traceback (most recent call last):
  File "/tmp/guide.py", line 9, in <module>
    print(publisher.publish(cache_name="orders", topic_name="paid", value={"total": 12}))
hookcast.errors.ApiConnectionError: it is not known whether SQS has the message`,
  "boto3 at a port where nobody listens": `Traceback (most recent call last):
urllib3.exceptions.NewConnectionError: <botocore.awsrequest.AWSHTTPConnection object at 0x7f1>: Failed to establish a new connection: [Errno 111] Connection refused
botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "http://127.0.0.1:40793/"`,
  "a client in Go that cannot publish": `2026/01/31 12:00:55 hookcast: it is not known whether SQS has the message: operation error SQS: SendMessageBatch, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "http://127.0.0.1:40793/": dial tcp 127.0.0.1:40793: connect: connection refused
exit status 1`,
  "a client in Go that cannot read": `2026/01/31 12:00:55 hookcast: Get "http://127.0.0.1:40793/api/v1/webhooks": dial tcp 127.0.0.1:40793: connect: connection refused
exit status 1`,
  "a service in Node": `Error: connect ECONNREFUSED 127.0.0.1:3000
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16) { code: 'ECONNREFUSED' }`,
  "a test that waits too long": "--- FAIL: TestRetries (0.02s)\n    retry_test.go:41: timed out",
  "Go where no module may be fetched":
    "main.go:13:2: github.com/aws/aws-sdk-go-v2/aws@v1.48.0: module lookup disabled by GOPROXY=off",
  "Go where a program does not compile": "./main.go:4:2: undefined: connection",
  "pip where there is no such package": `ERROR: Could not find a version that satisfies the requirement conection (from versions: none)
ERROR: No matching distribution found for conection`,
  "pip where a try is repeated and a package does not build": `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7faa>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/idna/
ERROR: Failed to build 'idna' when getting requirements to build wheel`,
  "npm where there is no such package": "npm error code E404\nnpm error 404 Not Found",
  "git where there is no such repository":
    "remote: Repository not found.\nfatal: repository 'https://github.com/rhysd/nothing/' not found",
};

test.for(Object.entries(faults))("%s has another fault", ([, output]) => {
  expect(foundNoNetwork(output)).toBeUndefined();
});

test("only npm's own words tell that npm reaches no registry", () => {
  expect(isUnreachable(noNetwork["npm at a dead proxy"] ?? "")).toBe(true);
  expect(isUnreachable("npm error code E404\nnpm error 404 Not Found")).toBe(true);
  expect(isUnreachable("npm error code ERESOLVE\nnpm error could not resolve")).toBe(false);
  expect(isUnreachable(faults["a service in Node"] ?? "")).toBe(false);
});
