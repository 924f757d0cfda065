import type { Answer } from "./world.ts";

/** Half of them within 65 ms, one in a hundred after more than 260 ms. */
export function well(random: () => number): Answer {
  return answering(200, Math.round(30 - 50 * Math.log(1 - random())));
}

export function answering(statusCode: number, latencyMs: number): Answer {
  return { latencyMs, outcome: { kind: "answer", statusCode, headers: {} } };
}

/** No answer at all: the webhook's own time-out ends it. */
export function hanging(): Answer {
  return answering(200, Number.POSITIVE_INFINITY);
}

/** Answers so many requests a second, and 503 to the rest. */
export function overloadable(requestsPerSecond: number) {
  let second = 0;
  let requests = 0;
  return (nowMs: number, random: () => number): Answer => {
    const thisSecond = Math.floor(nowMs / 1000);
    requests = thisSecond === second ? requests + 1 : 1;
    second = thisSecond;
    return requests <= requestsPerSecond ? well(random) : answering(503, 20);
  };
}
