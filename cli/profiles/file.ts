import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";

const Profiles = z.object({
  /** The one that is used where none is named. */
  current: z.nullable(z.string()),
  profiles: z.record(
    z.string(),
    z.object({
      url: z.string(),
      key: z.string(),
      /** The key may go in clear to another machine. */
      allowHttp: z.optional(z.literal(true)),
    }),
  ),
});
export type Profiles = z.infer<typeof Profiles>;

export function profilesPath(): string {
  const home = process.env.XDG_CONFIG_HOME || join(homedir(), ".config");
  return join(home, "hookcast", "profiles.json");
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
    const advice = "Mend it, or remove it and add the profiles again.";
    throw new Failure("usage", `${path} is not a file of profiles`, { advice });
  }
}

/** Only its owner may read the file; it is whole at every moment. */
export function writeProfiles(profiles: Profiles): void {
  const path = profilesPath();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(profiles, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(draft, path);
}
