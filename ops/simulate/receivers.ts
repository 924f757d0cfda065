import type { Answer } from "./simulate-world.ts";

const deadlineMs = 15_000;

/** Half of them within 65 ms, one in a hundred after more than 260 ms. */
export function well(random: () => number): Answer {
  const latencyMs = Math.round(30 - 50 * Math.log(1 - random()));
  return { latencyMs, outcome: { kind: "answer", statusCode: 200, headers: {} }, isTimeout: false };
}

export function failing(statusCode: number, latencyMs: number): Answer {
  return { latencyMs, outcome: { kind: "answer", statusCode, headers: {} }, isTimeout: false };
}

export function hanging(): Answer {
  const error = `no full answer within ${deadlineMs / 1000} s`;
  return { latencyMs: deadlineMs, outcome: { kind: "unreachable", error }, isTimeout: true };
}

/** Answers so many requests a second, and 503 to the rest. */
export function overloadable(requestsPerSecond: number) {
  let second = 0;
  let requests = 0;
  return (nowMs: number, random: () => number): Answer => {
    const thisSecond = Math.floor(nowMs / 1000);
    requests = thisSecond === second ? requests + 1 : 1;
    second = thisSecond;
    return requests <= requestsPerSecond ? well(random) : failing(503, 20);
  };
}
