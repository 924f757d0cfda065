import { VerificationError } from "../client/verification-error.ts";
import { verify } from "../client/verify.ts";
import { verifyMomento } from "../client/verify-momento.ts";
import { Failure } from "./output/failure.ts";

/** A request as it came; the headers' names are in lower case. */
export interface CapturedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface SignatureVerdict {
  readonly header: "webhook-signature" | "momento-signature";
  /** Which of the header's values, from 1. */
  readonly position: number;
  readonly fits: boolean;
}

export interface SignatureCheck {
  readonly verified: boolean;
  /** Null where it is verified. */
  readonly reason: string | null;
  readonly messageId: string | null;
  readonly signatures: readonly SignatureVerdict[];
}

/** What is checked with: the webhook's secret, or public keys of its cache. */
type CheckKey =
  | { readonly secret: string; readonly publicKey?: undefined }
  | { readonly secret?: undefined; readonly publicKey: readonly string[] };

type CheckOptions = CheckKey & { readonly toleranceSeconds?: number };

/** Whether a request is genuine and of now, and which of its signatures fit the secret or a public key. */
export async function checkSignatures(
  request: CapturedRequest,
  { toleranceSeconds = 300, ...key }: CheckOptions,
): Promise<SignatureCheck> {
  const reason = await reasonAgainst(request, key, toleranceSeconds);
  const { "webhook-signature": standard, "momento-signature": momento } = request.headers;
  const signatures: SignatureVerdict[] = [];
  for (const [index, value] of (standard?.split(" ") ?? []).entries()) {
    // Of the other kind: this key says nothing about it.
    if (value.startsWith("v1a,") !== (key.secret === undefined)) continue;
    const alone = { ...request, headers: { ...request.headers, "webhook-signature": value } };
    // Whenever it was made: whether it is of now was asked above.
    const fits = (await reasonAgainst(alone, key, Number.POSITIVE_INFINITY)) === null;
    signatures.push({ header: "webhook-signature", position: index + 1, fits });
  }
  if (momento && key.secret !== undefined) {
    const fits = fitsMomento(request, key.secret);
    signatures.push({ header: "momento-signature", position: 1, fits });
  }
  const messageId = request.headers["webhook-id"] ?? null;
  return { verified: reason === null, reason, messageId, signatures };
}

/** Fails where the secret is none, before there is a request to check. */
export async function assertSecret(secret: string): Promise<void> {
  await reasonAgainst({ headers: {}, body: new Uint8Array() }, { secret }, 0);
}

async function reasonAgainst(
  request: CapturedRequest,
  key: CheckKey,
  toleranceSeconds: number,
): Promise<string | null> {
  try {
    await verify(request, { ...key, toleranceSeconds, parse: () => undefined });
    return null;
  } catch (error) {
    if (error instanceof VerificationError) return error.message;
    // The client's word for a secret or a key that is none.
    if (error instanceof TypeError) throw new Failure("usage", error.message);
    throw error;
  }
}

function fitsMomento(request: CapturedRequest, secret: string): boolean {
  try {
    verifyMomento(request, { secret, parse: () => undefined });
    return true;
  } catch (error) {
    if (error instanceof VerificationError) return false;
    throw error;
  }
}
