import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { type AddressOptions, isRefusedAddress } from "../../domain/destination.ts";
import { openSharedLookups, openSystemLookup, type SystemLookup, Turns } from "./lookups.ts";
import { DnsFailure, type NameAnswer, queryName } from "./query-name.ts";

/** Who needs an address, and for how long. */
export interface Asker {
  readonly cacheName: string;
  /** From when the lookup begins: others of the same cache may have to end first. */
  readonly timeoutMs: number;
  /** Ends the wait; the lookup ends with the last that waits for it. */
  readonly signal?: AbortSignal | undefined;
}

/** The names of receivers. What AWS's own endpoints are called is looked up elsewhere, by the SDK. */
export interface Names {
  /** Rejects with a DnsFailure. The addresses are not checked. */
  addressesOf(hostname: string, asker: Asker): Promise<readonly LookupAddress[]>;
}

export interface NamesOptions {
  /** Whether names may be found that only this machine or its network knows. */
  readonly allowPrivate: boolean;
  /** With their ports; by default those of the machine. */
  readonly servers?: readonly string[];
  readonly system?: SystemLookup;
  readonly now?: () => number;
}

/** Of one cache in one environment: its dead names take no place from others'. */
const maxLookupsPerCache = 32;

const loopback: readonly LookupAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

export function openNames({
  allowPrivate,
  servers,
  system = openSystemLookup(),
  now = Date.now,
}: NamesOptions): Names {
  const kept = openKeptAnswers(now);
  const lookups = openSharedLookups<NameAnswer>();
  const turns = new Turns(maxLookupsPerCache);

  /** Names that get no answer at all are not tried again elsewhere: that would take as long once more. */
  async function find(hostname: string, signal: AbortSignal) {
    try {
      return await queryName(hostname, signal, servers);
    } catch (error) {
      if (!allowPrivate || !(error instanceof DnsFailure) || error.isTimeout) throw error;
      const addresses = await system(hostname, signal).catch(() => []);
      if (addresses.length === 0) throw error;
      return { addresses, ttlSeconds: 0 };
    }
  }

  async function findAndKeep(hostname: string, signal: AbortSignal) {
    try {
      const answer = await find(hostname, signal);
      kept.keep(hostname, answer);
      return answer;
    } catch (error) {
      if (error instanceof DnsFailure) kept.keepFailure(hostname, error);
      throw error;
    }
  }

  return {
    async addressesOf(hostname, asker) {
      const name = hostname.toLowerCase().replace(/\.$/, "");
      if (name === "localhost" || name.endsWith(".localhost")) return loopback;
      const known = kept.find(name);
      if (known instanceof DnsFailure) throw known;
      if (known) return known;
      const { cacheName } = asker;
      // Each cache has lookups of its own: to share another's would be to wait for its turn.
      const { addresses } = await lookups.join(`${name} ${cacheName}`, asker, (signal, begin) =>
        turns.run(cacheName, signal, () => {
          begin();
          return findAndKeep(name, signal);
        }),
      );
      return addresses;
    },
  };
}

export type Known = NameAnswer["addresses"] | DnsFailure;

const minSeconds = 5;
const maxSeconds = 60;
const maxNames = 1_000;

/** What names were found to be, each for its time; of too many the one that was last asked for longest ago goes. */
export interface KeptAnswers {
  find(hostname: string): Known | undefined;
  keep(hostname: string, answer: NameAnswer): void;
  /** That there is nothing may change as soon as somebody notices it. */
  keepFailure(hostname: string, failure: DnsFailure): void;
}

/** `now` is the wall clock: a monotonic one stands still while an environment is frozen. */
function openKeptAnswers(now: () => number): KeptAnswers {
  const kept = new Map<string, { known: Known; fromMs: number; untilMs: number }>();

  const put = (hostname: string, known: Known, seconds: number) => {
    const fromMs = now();
    kept.delete(hostname);
    kept.set(hostname, { known, fromMs, untilMs: fromMs + seconds * 1000 });
    const [oldest] = kept.keys();
    if (kept.size > maxNames && oldest !== undefined) kept.delete(oldest);
  };

  return {
    find(hostname) {
      const entry = kept.get(hostname);
      if (!entry) return undefined;
      kept.delete(hostname);
      const nowMs = now();
      // A clock that has jumped back would keep it for longer.
      if (nowMs < entry.fromMs || nowMs >= entry.untilMs) return undefined;
      kept.set(hostname, entry);
      return entry.known;
    },
    keep(hostname, { addresses, ttlSeconds }) {
      put(hostname, addresses, Math.min(Math.max(ttlSeconds, minSeconds), maxSeconds));
    },
    keepFailure(hostname, failure) {
      if (failure.isAnswer) put(hostname, failure, minSeconds);
    },
  };
}

/** The code of the error with which a connection is refused before it is opened. */
export const refusedAddressCode = "HOOKCAST_REFUSED_ADDRESS";

/**
 * A `lookup` for a connection. Every address that the name resolves to is checked, and one of the checked
 * ones is connected to, so a resolver that changes its mind gains nothing; addresses that are kept are
 * checked again like new ones. Literal addresses never get here: they are checked with the URL.
 */
export function guardedLookup(
  port: number,
  options: AddressOptions,
  names: Names,
  asker: Asker,
): LookupFunction {
  return (hostname, { all }, callback) => {
    names.addressesOf(hostname, asker).then(
      (found) => {
        if (found.some(({ address }) => isRefusedAddress(address, port, options))) {
          const refusal = Object.assign(new Error("address refused"), { code: refusedAddressCode });
          return callback(refusal, "");
        }
        // IPv4 first: outside a VPC a function has no way out for IPv6, and finds that out slowly.
        const addresses = found.toSorted((one, other) => one.family - other.family);
        if (all) return callback(null, addresses);
        const [first] = addresses;
        return callback(null, first?.address ?? "", first?.family);
      },
      (error) => callback(error, ""),
    );
  };
}
