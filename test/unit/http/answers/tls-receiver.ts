import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A certificate that signs itself, of the name `a.example`, and where its files are. */
export interface Certificate extends AsyncDisposable {
  readonly key: string;
  readonly cert: string;
  readonly keyFile: string;
  readonly certFile: string;
}

/** Undefined, after saying so, where there is no OpenSSL. */
export async function makeCertificate(): Promise<Certificate | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-tls-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const name = ["-subj", "/CN=a.example", "-addext", "subjectAltName=DNS:a.example"];
  const files = ["-keyout", keyFile, "-out", certFile];
  try {
    await promisify(execFile)("openssl", ["req", "-x509", ...kind, ...name, ...files]);
  } catch (error) {
    await dispose();
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    console.log("not tested: there is no openssl");
    return undefined;
  }
  const [key, cert] = [await readFile(keyFile, "utf8"), await readFile(certFile, "utf8")];
  return { key, cert, keyFile, certFile, [Symbol.asyncDispose]: dispose };
}
