const reasons: Readonly<Record<string, string>> = {
  "webhook inactive": "the webhook was switched off",
  horizon: "no attempt could be made in time",
};

/** What is wrong with a delivery, in words for readers who do not know ours. */
export function failureReason(error: string): string {
  return reasons[error] ?? error;
}
