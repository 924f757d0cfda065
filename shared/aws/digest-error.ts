/** By its digest, what arrived is not what was sent. */
export class DigestError extends Error {
  override readonly name = "DigestError";
}
