import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { commandLine } from "../../support/command-line.ts";

const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const otherSecret = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const body = '{"größe": "1\\n"}\n\n';
const hookcast = commandLine({ HOOKCAST_SECRET: secret });

/** A request as text, signed by other means than the product's own code. */
function request({ ageSeconds = 0, signers = [secret], length = true, eol = "\r\n" } = {}): string {
  const signedTime = new Date(Date.now() - ageSeconds * 1000);
  const signatures = signers.map((signer) => new Webhook(signer).sign("msg_1", signedTime, body));
  const momento = createHmac("sha3-256", secret).update(body).digest("hex");
  return [
    ...["POST /hooks HTTP/1.1", "Host: 127.0.0.1", "Webhook-Id: msg_1"],
    `Webhook-Timestamp: ${Math.floor(signedTime.getTime() / 1000)}`,
    `Webhook-Signature: ${signatures.join(" ")}`,
    `Momento-Signature: ${momento}`,
    ...(length ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
    "",
    body,
  ].join(eol);
}

test("says that a request is genuine, and which signatures say so", async () => {
  const stdin = request({ signers: [otherSecret, secret] });
  expect(await hookcast.run(["verify"], { stdin })).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: [
      "verified           yes",
      "message            msg_1",
      "webhook-signature  does not match the secret",
      "webhook-signature  matches the secret (value 2)",
      "momento-signature  matches the secret\n",
    ].join("\n"),
  });
});

test("verifies with a public key instead of the secret, and says nothing of the other signatures", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const whpk = `whpk_${Buffer.from(x, "base64url").toString("base64")}`;
  const signed = request().replace(
    /Webhook-Timestamp: (\d+)\r\nWebhook-Signature: /,
    (line, timestamp) => {
      const content = Buffer.from(`msg_1.${timestamp}.${body}`);
      return `${line}v1a,${sign(null, content, privateKey).toString("base64")} `;
    },
  );
  const verified = await hookcast.run(["verify", "--public-key", whpk], { stdin: signed });
  expect(verified).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: [
      "verified           yes",
      "message            msg_1",
      "webhook-signature  matches a public key\n",
    ].join("\n"),
  });
  const bySecret = await hookcast.run(["verify"], { stdin: signed });
  expect(bySecret.stdout).toContain("webhook-signature  matches the secret (value 2)");
  const other = `whpk_${Buffer.alloc(32, 1).toString("base64")}`;
  const forged = await hookcast.run(["verify", "--public-key", other], { stdin: signed });
  expect(forged.exitCode).toBe(6);
  const noKey = await hookcast.run(["verify", "--public-key", "whpk_1"], { stdin: signed });
  expect(noKey.stderr).toContain("a public key must be whpk_ and the base64 of 32 bytes");
});

test("reads what an editor saved: plain line ends, and one more at the end", async () => {
  const stdin = `${request({ eol: "\n" })}\n`;
  expect(await hookcast.run(["verify", "-"], { stdin })).toMatchObject({ exitCode: 0 });
});

test("says what is wrong: another secret, another body, an old time", async () => {
  const forged = await hookcast.run(["verify", "--json"], {
    stdin: request({ signers: [otherSecret] }),
  });
  expect(forged.exitCode).toBe(6);
  expect(JSON.parse(forged.stdout)).toEqual({
    ...{ verified: false, reason: "no signature matches the secret", messageId: "msg_1" },
    signatures: [
      { header: "webhook-signature", position: 1, fits: false },
      { header: "momento-signature", position: 1, fits: true },
    ],
  });
  const changed = await hookcast.run(["verify"], { stdin: request().replace('"1', '"2') });
  expect(changed.stderr).toBe("hookcast: not verified: no signature matches the secret\n");
  const old = request({ ageSeconds: 400, length: false });
  const late = await hookcast.run(["verify"], { stdin: old });
  expect(late).toMatchObject({ exitCode: 6 });
  expect(late.stdout).toMatch(/^webhook-signature {2}matches the secret$/m);
  expect(late.stderr).toBe("hookcast: not verified: the delivery is too old\n");
  expect(await hookcast.run(["verify", "--tolerance", "600"], { stdin: old })).toMatchObject({
    exitCode: 0,
  });
});

test("says what it cannot work with", async () => {
  const noRequest = await hookcast.run(["verify"], { stdin: "{}" });
  expect(noRequest).toMatchObject({ exitCode: 2, stdout: "" });
  const noSecret = await hookcast.run(["verify"], {
    stdin: request(),
    env: { HOOKCAST_SECRET: "" },
  });
  expect(noSecret.stderr).toMatch(
    /there is no secret to verify with\nGive --webhook, --secret-file/,
  );
  const badSecret = await hookcast.run(["verify"], {
    ...{ stdin: request(), env: { HOOKCAST_SECRET: "whsec_!private" } },
  });
  expect(badSecret).toMatchObject({ exitCode: 2, stdout: "" });
  expect(badSecret.stderr).not.toContain("private");
  const noFile = await hookcast.run(["verify", "/no/such/file"]);
  expect(noFile.stderr).toBe("hookcast: /no/such/file cannot be read: ENOENT\n");
});
