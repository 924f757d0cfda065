/** What came is not a delivery that the service signed with this secret, now. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";
}
