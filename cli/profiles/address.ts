import { Failure } from "../output/failure.ts";

/**
 * The service's address; what does not fit is not repeated, for it may hold a password. Over http a key can be
 * read on the way, so that beyond this machine somebody has to have said that it may.
 */
export function addressOf(text: string, allowsHttp: boolean, named = "that"): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain && /^https?:$/.test(url.protocol)) {
    if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowsHttp) {
      const advice =
        "Use https://. If you trust the network: `--allow-http`, or HOOKCAST_ALLOW_HTTP=1.";
      throw new Failure("usage", "http:// would send the key unencrypted", { advice });
    }
    return url.href.replace(/\/+$/, "");
  }
  const advice =
    "It must be https:// and a host, as in the stack's output ApiUrl or as `npm start` prints it.";
  throw new Failure("usage", `${named} is not the address of a service`, { advice });
}

/** As the URL parser writes it, which has every spelling of an address become one. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** What the environment says, where no option can. */
export function environmentAllowsHttp(): boolean {
  const { HOOKCAST_ALLOW_HTTP: value = "" } = process.env;
  if (!["", "0", "1"].includes(value)) {
    throw new Failure("usage", "HOOKCAST_ALLOW_HTTP must be 1, 0 or empty");
  }
  return value === "1";
}
