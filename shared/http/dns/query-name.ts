import { type LookupAddress, type RecordWithTtl, Resolver } from "node:dns";

export interface NameAnswer {
  /** IPv4 first; never empty. */
  readonly addresses: readonly LookupAddress[];
  /** For how long it holds; 0 where that is not known. */
  readonly ttlSeconds: number;
}

/** How long one try at one name server may take before the next; c-ares doubles it from round to round. */
const tryOptions = { timeout: 1_000, tries: 4 };

/** How long the second of the pair is waited for once the first has brought addresses. */
const ipv6GraceMs = 50;
const ipv4GraceMs = 1_000;

/** A name with thousands of addresses would only fill memory: as many of each family are kept. */
const maxAddresses = 16;

type Records = RecordWithTtl[] | DnsFailure;

/**
 * Asks the name servers for both families at once, on the event loop: libuv's pool, where getaddrinfo works,
 * has four threads, and a name that nobody answers for would keep one for many seconds. The resolver is this
 * query's own, since `cancel()` ends all that a resolver has under way.
 */
export async function queryName(
  hostname: string,
  signal: AbortSignal,
  servers?: readonly string[],
): Promise<NameAnswer> {
  signal.throwIfAborted();
  const resolver = new Resolver(tryOptions);
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const ipv4 = recordsOf((take) => resolver.resolve4(hostname, { ttl: true }, take));
    const ipv6 = recordsOf((take) => resolver.resolve6(hostname, { ttl: true }, take));
    return answerOf(...(await soonOf(ipv4, ipv6)));
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}

type Take = (error: NodeJS.ErrnoException | null, records: RecordWithTtl[]) => void;

/** Never rejects: what one family lacks the other may have. */
function recordsOf(ask: (take: Take) => void): Promise<Records> {
  return new Promise((resolve) => {
    ask((error, records) => resolve(error ? new DnsFailure(error.code ?? "") : records));
  });
}

/** Waits for both, but for the slower one not long when the faster one is enough to connect with. */
async function soonOf(
  ipv4: Promise<Records>,
  ipv6: Promise<Records>,
): Promise<[Records | undefined, Records | undefined]> {
  const isIpv4First = await Promise.race([ipv4.then(() => true), ipv6.then(() => false)]);
  if (isIpv4First) {
    const found = await ipv4;
    if (found instanceof DnsFailure && found.code === "ENOTFOUND") return [found, undefined];
    return [found, await (found instanceof DnsFailure ? ipv6 : within(ipv6GraceMs, ipv6))];
  }
  // Where there is no way out for IPv6 its addresses alone are worth nothing; hence the longer grace.
  const found = await ipv6;
  return [await (found instanceof DnsFailure ? ipv4 : within(ipv4GraceMs, ipv4)), found];
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(ipv4: Records | undefined, ipv6: Records | undefined): NameAnswer {
  const found = [addressesOf(ipv4, 4), addressesOf(ipv6, 6)].flat();
  if (found.length === 0) throw worse(ipv4, ipv6);
  const isWhole = ipv4 !== undefined && ipv6 !== undefined;
  return {
    addresses: found.map(({ address, family }) => ({ address, family })),
    ttlSeconds: isWhole ? Math.min(...found.map(({ ttl }) => ttl)) : 0,
  };
}

function addressesOf(records: Records | undefined, family: 4 | 6) {
  if (records === undefined || records instanceof DnsFailure) return [];
  return records.slice(0, maxAddresses).map((record) => ({ ...record, family }));
}

/** A server that failed tells more than one that has nothing. */
function worse(ipv4: Records | undefined, ipv6: Records | undefined): DnsFailure {
  const failures = [ipv4, ipv6].filter((one) => one instanceof DnsFailure);
  const [first = new DnsFailure("ENODATA")] = failures;
  return failures.find(({ isAnswer }) => !isAnswer) ?? first;
}

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
