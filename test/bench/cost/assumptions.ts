/** What the bench cannot measure on one machine, and what it takes for it. */
export const assumptions = {
  receiverMs: 100,
  failureShare: 0.01,
  /** Of one AWS call in its region; to see what overlaps, the meter holds each back for so long. */
  callMs: 5,
  /** Lambda gives a whole CPU from here on, and a share of it below. */
  wholeCpuMb: 1769,
  /** Of requests that the authorizer's cache does not answer: one a minute for each key. */
  authorizerShare: 0.01,
  authorizerMs: 15,
  /** Record headers, and a handshake for every tenth POST. */
  tlsBytesPerPost: 150,
  /** The 202 with its headers. */
  answerBytes: 350,
  /** CloudWatch's own addition to every line. */
  bytesPerLogLine: 26,
  /** Of one environment, within ten seconds. */
  publishesPerLogLine: 10,
} as const;

/** The same in words. */
export function assumptionLines(valueBytes: number): string[] {
  const { receiverMs, failureShare, callMs, wholeCpuMb, authorizerShare } = assumptions;
  const { tlsBytesPerPost, answerBytes, bytesPerLogLine, authorizerMs, publishesPerLogLine } =
    assumptions;
  return [
    `A JSON value of ${valueBytes} bytes, format \`standard\`, published with one subscriber; a receiver that ` +
      `answers within ${receiverMs} ms. Every delivery of a batch goes to a webhook of its own, which is the ` +
      "most expensive case, except where it says one webhook; those of publishBatch go to one.",
    `With failures, ${failureShare * 100} % of the attempts are answered 503; the second attempt succeeds and ` +
      "comes in a batch of its own.",
    `Lambda time is the CPU of this run, times ${wholeCpuMb} MB over the function's memory. It also has ` +
      `${callMs} ms for each wait for AWS (parallel calls count once), and the receiver's time. A millisecond of ` +
      "this machine counts as one of Lambda's. Environments are warm: starts are not counted.",
    `${authorizerShare * 100} % of requests reach the authorizer, for ${authorizerMs} ms and one read.`,
    "One receive and one delete for each batch; no poll of a queue is empty. The fair queue's surcharge is " +
      "on requests that send.",
    `Egress is each POST as the receiver got it plus ${tlsBytesPerPost} bytes of TLS, and ${answerBytes} bytes ` +
      `for each answer to a publisher. Logs are the lines that the functions wrote, plus ${bytesPerLogLine} ` +
      `bytes each; ${publishesPerLogLine} publishes share one, as they do at one a second in an environment.`,
    "Not counted: what is written once a minute or once an environment (heartbeat, data key), storage, alarms, " +
      "the dashboard, free tiers.",
  ];
}
