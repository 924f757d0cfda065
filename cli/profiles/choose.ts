import { Failure } from "../failure.ts";

interface Profile {
  readonly url: string;
  readonly key: string;
}

const howToAdd =
  "`hookcast profiles add <name> --url <url>` adds one and asks for its key; HOOKCAST_URL and " +
  "HOOKCAST_KEY, both of them, do for one time.";

/** The profile that is named; else the environment's address and key; else the profile in use. */
export function chooseProfile(_name: string | undefined): Profile {
  const { HOOKCAST_URL: url, HOOKCAST_KEY: key } = process.env;
  if (url && key) return { url, key };
  throw new Failure("usage", "no profile is in use", { advice: howToAdd });
}
