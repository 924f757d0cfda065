import { Failure } from "../output/failure.ts";
import { addressOf, environmentAllowsHttp, isLoopback } from "./address.ts";
import { profileNamed, readProfiles, withoutScheme } from "./file.ts";

interface Profile {
  readonly url: string;
  readonly key: string;
  readonly publishUrl: string | undefined;
  readonly consoleUrl: string | undefined;
}

const howToAdd =
  "`hookcast profiles add <name> --url <url>` adds one and asks for its key. Or set " +
  "HOOKCAST_URL and HOOKCAST_KEY.";

/** The profile that is named; else the environment's address and key; else the profile in use. */
export function chooseProfile(name: string | undefined): Profile {
  const file = readProfiles();
  if (name !== undefined) return checked(profileNamed(file, name));
  const { HOOKCAST_URL: url, HOOKCAST_KEY: key } = process.env;
  if (url && key) return fromEnvironment(url, key);
  // Half of each would send one service's key to another.
  if (url) throw new Failure("usage", "HOOKCAST_URL is set and HOOKCAST_KEY is not: set both");
  if (key) throw new Failure("usage", "HOOKCAST_KEY is set and HOOKCAST_URL is not: set both");
  if (file.current !== null) return checked(profileNamed(file, file.current));
  const known = Object.keys(file.profiles).join(", ");
  const advice = known ? `\`hookcast profiles use <name>\` chooses one of: ${known}.` : howToAdd;
  throw new Failure("usage", "no profile is in use", { advice });
}

function fromEnvironment(url: string, given: string): Profile {
  const key = withoutScheme(given);
  // What it holds instead is not repeated, for it may be another secret.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new Failure(
      "usage",
      "HOOKCAST_KEY is not a key: it has spaces or unprintable characters",
    );
  }
  const address = addressOf(url, environmentAllowsHttp(), "HOOKCAST_URL");
  const publishUrl = process.env.HOOKCAST_PUBLISH_URL
    ? addressOf(process.env.HOOKCAST_PUBLISH_URL, environmentAllowsHttp(), "HOOKCAST_PUBLISH_URL")
    : undefined;
  return { url: address, key, publishUrl, consoleUrl: consoleOf(address) };
}

/** A profile may be older than the rule, and its file may have been written by hand. */
function checked(profile: ReturnType<typeof profileNamed>): Profile {
  const { url, key, allowHttp, consoleUrl } = profile;
  const mayBeHttp = allowHttp ?? environmentAllowsHttp();
  const address = addressOf(url, mayBeHttp);
  const publishUrl = profile.publishUrl && addressOf(profile.publishUrl, mayBeHttp);
  return { url: address, key, publishUrl, consoleUrl: consoleOf(address, consoleUrl) };
}

/** The local run has its console with it; a deployment's stands elsewhere. */
function consoleOf(address: string, named?: string): string | undefined {
  if (named !== undefined) return `${named}/`;
  return isLoopback(new URL(address).hostname) ? `${address}/console/` : undefined;
}
