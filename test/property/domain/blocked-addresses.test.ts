import { isIP } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect, test } from "vitest";
import {
  checkDestination,
  isBlockedAddress,
  isPlatformAddress,
} from "../../../shared/domain/destination.ts";

/** Ranges that ipaddr.js names and the IANA registries mark globally reachable. */
const reachable = ["unicast", "as112", "as112v6", "amt"];
const onlyPublic = { allowPrivate: false };

const anyIpv4 = fc.ipV4();
/** Anywhere, and close to the edges of what is special. */
const anyIpv6 = fc.oneof(
  fc.ipV6(),
  fc.ipV6().map((address) =>
    ipaddr
      .parse(address)
      .toNormalizedString()
      .replace(/^[^:]*/, "2001"),
  ),
  fc
    .tuple(fc.nat(0x2ff), fc.nat(0xffff))
    .map(([a, b]) => `2001:${a.toString(16)}::${b.toString(16)}`),
  fc.integer({ min: 0x2000, max: 0x3fff }).map((prefix) => `${prefix.toString(16)}::1`),
  anyIpv4.map((address) => `::ffff:${address}`),
);

test("lets nothing through that an independent library does not call reachable", () => {
  fc.assert(
    fc.property(fc.oneof(anyIpv4, anyIpv6), (address) => {
      fc.pre(!isBlockedAddress(address));
      expect(reachable).toContain(ipaddr.parse(address).range());
    }),
    { numRuns: 2_000 },
  );
});

test("blocks no IPv4 address that an independent library calls plain unicast", () => {
  fc.assert(
    fc.property(anyIpv4, (address) => {
      fc.pre(ipaddr.parse(address).range() === "unicast");
      expect(isBlockedAddress(address)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test("blocks every IPv6 address that wraps an IPv4 one", () => {
  fc.assert(
    fc.property(anyIpv4, (address) => {
      const hex = Buffer.from(ipaddr.parse(address).toByteArray()).toString("hex");
      const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`;
      const wrapped = ["::", "::ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::"].map(
        (prefix) => prefix + address,
      );
      wrapped.push(`2002:${groups}::1`, `2001:0:${groups}::`);
      for (const one of wrapped) {
        expect(isIP(one)).toBe(6);
        expect(isBlockedAddress(one)).toBe(true);
      }
    }),
  );
});

test("decides the same for every spelling of an IPv4 address in a URL", () => {
  fc.assert(
    fc.property(anyIpv4, (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = ipaddr.parse(address).toByteArray();
      const number = ((a * 256 + b) * 256 + c) * 256 + d;
      const spellings = [
        address,
        `${address}.`,
        String(number),
        `0x${number.toString(16)}`,
        `0${number.toString(8)}`,
        `${a}.${(b * 256 + c) * 256 + d}`,
        `0${a.toString(8)}.0X${b.toString(16)}.${c * 256 + d}`,
        address.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
        address.replaceAll(".", "\u3002"),
      ];
      const isRefused = spellings.map(
        (host) => checkDestination(`https://${host}/`, onlyPublic) !== undefined,
      );
      expect(isRefused).toEqual(spellings.map(() => isBlockedAddress(address)));
    }),
  );
});

test("blocks whatever belongs to the platform", () => {
  const linkLocal = fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => `169.254.${c}.${d}`);
  const loopback = fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => `127.0.${c}.${d}`);
  fc.assert(
    fc.property(fc.oneof(linkLocal, loopback), (address) => {
      expect(isPlatformAddress(address, 9001)).toBe(true);
      expect(isBlockedAddress(address)).toBe(true);
    }),
  );
});
