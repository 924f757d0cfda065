/** Why a name led to no address. The message may be logged: it is in our own words. */
export class DnsFailure extends Error {
  override readonly name = "DnsFailure";
  /** The code of c-ares, or of ours: `ETIMEOUT` when nobody answered in time. */
  readonly code: string;

  constructor(code: string, reason: string = reasons[code] ?? `failed (${code})`) {
    super(`DNS: ${reason}`);
    this.code = code;
  }

  get isTimeout(): boolean {
    return this.code === timeoutCode;
  }

  /** Whether the answer was that there is nothing, which is as good as any other answer. */
  get isAnswer(): boolean {
    return this.code === "ENOTFOUND" || this.code === "ENODATA";
  }
}

const timeoutCode = "ETIMEOUT";

const reasons: Record<string, string> = {
  ENOTFOUND: "no such name",
  ENODATA: "the name has no address",
  ESERVFAIL: "the name server failed",
  EREFUSED: "the name server refused to answer",
  ECONNREFUSED: "the name server cannot be reached",
  EBADNAME: "the name is not valid",
  [timeoutCode]: "no answer",
};

export function noAnswerWithin(timeoutMs: number): DnsFailure {
  return new DnsFailure(timeoutCode, `no answer within ${timeoutMs / 1000} s`);
}
