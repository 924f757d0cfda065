import { Failure } from "../output/failure.ts";
import type { Profiles } from "./file.ts";

/** The profile of a name, or an error that names those that there are. */
export function profileNamed({ profiles }: Profiles, name: string): Profiles["profiles"][string] {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return profile;
  const known = Object.keys(profiles).join(", ") || "none";
  throw new Failure("usage", `there is no profile ${name}`, {
    advice: `Known profiles: ${known}.`,
  });
}
