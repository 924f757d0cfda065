const reasons: Readonly<Record<string, string>> = {
  "schedule end": "every attempt failed",
  "webhook inactive": "the webhook was switched off",
  horizon: "no attempt could be made in time",
};

/** Why a delivery failed, where none of its attempts says it. */
export function failureReason(error: string): string {
  return reasons[error] ?? error;
}
