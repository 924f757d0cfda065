import type { LookupAddress } from "node:dns";
import { DnsFailure } from "./dns-failure.ts";
import { openKeptAnswers } from "./kept-answers.ts";
import { type NameAnswer, queryName } from "./query-name.ts";
import { openSharedLookups } from "./shared-lookups.ts";
import { openSystemLookup, type SystemLookup } from "./system-lookup.ts";
import { Turns } from "./turns.ts";

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
