import { expect, test } from "vitest";
import { isPlatformAddress, isRefusedAddress } from "../../../../shared/domain/destination.ts";

test.each([
  "169.254.169.254",
  "169.254.170.2",
  "169.254.79.129",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "fd00:ec2::254",
  "fd00:ec2::254%eth0",
  "not an address",
])("keeps %s for the platform on every port", (address) => {
  expect(isPlatformAddress(address, 80)).toBe(true);
  expect(isPlatformAddress(address, 443)).toBe(true);
});

test.each(["127.0.0.1", "127.1.2.3", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1"])(
  "keeps the runtime API's port of %s for the platform",
  (address) => {
    expect(isPlatformAddress(address, 9001)).toBe(true);
    expect(isPlatformAddress(address, 9000)).toBe(false);
  },
);

test.each(["10.0.0.1", "192.168.0.1", "8.8.8.8", "fd00:ec3::1", "fe80::1%eth0", "2606:4700::1"])(
  "leaves %s to receivers, port 9001 too",
  (address) => {
    expect(isPlatformAddress(address, 9001)).toBe(false);
  },
);

test("lets private addresses through only where they are allowed, the platform's never", () => {
  const [allowed, refused] = [{ allowPrivate: true }, { allowPrivate: false }];
  expect(isRefusedAddress("10.0.0.1", 443, allowed)).toBe(false);
  expect(isRefusedAddress("10.0.0.1", 443, refused)).toBe(true);
  expect(isRefusedAddress("127.0.0.1", 9001, allowed)).toBe(true);
  expect(isRefusedAddress("169.254.169.254", 80, allowed)).toBe(true);
  expect(isRefusedAddress("8.8.8.8", 443, refused)).toBe(false);
});
