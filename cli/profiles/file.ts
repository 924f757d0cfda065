import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import * as z from "zod/mini";
import { Failure } from "../output/failure.ts";

const Profiles = z.object({
  /** The one that is used where none is named. */
  current: z.nullable(z.string()),
  profiles: z.record(
    z.string(),
    z.object({
      url: z.string(),
      key: z.string(),
      /** Where publishing costs no gateway, where the deployment has that. */
      publishUrl: z.optional(z.string()),
      /** Where the console is, where it is not with the service. */
      consoleUrl: z.optional(z.string()),
      /** The key may go in clear to another machine. */
      allowHttp: z.optional(z.literal(true)),
    }),
  ),
});
type Profiles = z.infer<typeof Profiles>;

export function profilesPath(): string {
  const { XDG_CONFIG_HOME: given = "" } = process.env;
  // A relative one counts for none, as its specification has it: keys would lie wherever a command is run.
  const folder = isAbsolute(given) ? given : join(homedir(), ".config");
  if (isAbsolute(folder)) return join(folder, "hookcast", "profiles.json");
  const advice = "Set HOME, or XDG_CONFIG_HOME to a folder for the file of profiles.";
  throw new Failure("usage", "there is no home folder to keep profiles in", { advice });
}

export function readProfiles(): Profiles {
  const path = profilesPath();
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return { current: null, profiles: {} };
    throw new Failure("usage", `${path} cannot be read: ${Object(error).code}`);
  }
  try {
    return Profiles.parse(JSON.parse(text));
  } catch {
    // What the parser says would show a part of the file, which holds keys.
    const advice = "Fix it, or remove it and add the profiles again.";
    throw new Failure("usage", `${path} is not a file of profiles`, { advice });
  }
}

/** Only its owner may read the file; it is whole at every moment. */
export function writeProfiles(profiles: Profiles): void {
  const path = profilesPath();
  const draft = `${path}.${process.pid}`;
  const text = `${JSON.stringify(profiles, undefined, 2)}\n`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Failure("usage", `${path} cannot be written: ${Object(error).code}`);
  }
}

/** The profile of a name, or an error that names those that there are. */
export function profileNamed({ profiles }: Profiles, name: string): Profiles["profiles"][string] {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return profile;
  const known = Object.keys(profiles).join(", ") || "none";
  throw new Failure("usage", `there is no profile ${name}`, {
    advice: `Known profiles: ${known}.`,
  });
}

/** A key as it stands in a header, from where it may have been copied. */
export function withoutScheme(text: string): string {
  return text.replace(/^Bearer\s+/i, "");
}
