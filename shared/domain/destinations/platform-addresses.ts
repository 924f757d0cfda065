import { BlockList, isIP } from "node:net";

/** Where Lambda serves a function its invocations, and with SnapStart its credentials. */
const runtimeApiPort = 9001;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("0.0.0.0", "ipv4"); // Linux connects it to the loopback interface
loopback.addAddress("::1", "ipv6");
loopback.addAddress("::", "ipv6");

/** Whether that is this machine, and only from this machine. */
export function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

const metadata = new BlockList();
metadata.addSubnet("169.254.0.0", 16, "ipv4");
metadata.addSubnet("fd00:ec2::", 32, "ipv6");

/**
 * What the platform serves to the function that runs here and to nobody else: instance metadata,
 * credentials, the runtime API. No receiver lives there, so it stays refused even where private
 * destinations are allowed. Anything that is no address counts as refused too.
 */
export function isPlatformAddress(address: string, port: number): boolean {
  const version = isIP(address);
  if (version === 0) return true;

  const family = version === 4 ? "ipv4" : "ipv6";
  return (
    metadata.check(address, family) || (port === runtimeApiPort && loopback.check(address, family))
  );
}
