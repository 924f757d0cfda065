import { isIP } from "node:net";
import { checkDestination } from "../domain/destinations/destination.ts";
import type { AddressOptions } from "../domain/destinations/refused-address.ts";

/** Where a URL is posted to. */
export interface Place {
  /** Those who share it share connections. */
  readonly key: string;
  readonly isTls: boolean;
  readonly host: string;
  readonly port: number;
  /** The name that its certificate must have; none for an address. */
  readonly servername?: string;
  /** What the `host` header says. */
  readonly authority: string;
  /** With the query. */
  readonly path: string;
}

/** How many URLs are remembered. */
const maxPlaces = 500;

export type PlaceOf = (url: string) => Place | { readonly refusal: string };

/** Checks URLs and takes them apart; the messages of one batch often have the same. */
export function openPlaces(options: AddressOptions): PlaceOf {
  const known = new Map<string, Place | { readonly refusal: string }>();
  return (url) => {
    const before = known.get(url);
    if (before) return before;
    const refusal = checkDestination(url, options);
    const place = refusal === undefined ? placeAt(new URL(url)) : { refusal };
    if (known.size >= maxPlaces) known.clear();
    known.set(url, place);
    return place;
  };
}

/** A final dot says that a name is whole; certificates and servers know the name without it. */
function placeAt({ protocol, hostname, port: written, pathname, search }: URL): Place {
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const port = Number(written) || (isTls ? 443 : 80);
  const name = hostname.replace(/\.$/, "");
  return {
    key: `${protocol}//${hostname}:${port}`,
    isTls,
    host,
    port,
    ...(isTls && isIP(host) === 0 && { servername: name }),
    authority: written === "" ? name : `${name}:${written}`,
    path: pathname + search,
  };
}
