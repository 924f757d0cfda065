import * as z from "zod/mini";

/** A name by which a local run may be addressed, besides those of the machine itself. */
export interface AllowedHost {
  /** In lower case; an IPv6 address in its brackets. */
  name: string;
  /** Absent: any. */
  port: number | undefined;
}

const form = /^(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::([1-9]\d{0,4}))?$/i;

const AllowedHosts = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text) =>
      text
        .split(",")
        .map((host) => host.trim())
        .filter(Boolean),
    ),
  ),
  z.array(
    z.string().check(
      z.regex(form, { error: "Not a host such as dev.example or dev.example:3000" }),
      z.refine((host) => Number(form.exec(host)?.[2] ?? 0) <= 65_535, {
        error: "Not a host such as dev.example or dev.example:3000: a port ends at 65535",
      }),
    ),
  ),
);

/** Reads `HOOKCAST_ALLOWED_HOSTS`: names separated by commas, each with a port or for any port. */
export function readAllowedHosts(text = ""): AllowedHost[] {
  const result = AllowedHosts.safeParse(text);
  if (!result.success) {
    throw new Error(`HOOKCAST_ALLOWED_HOSTS: ${z.prettifyError(result.error)}`);
  }
  return result.data.map((host) => {
    const [, name = "", port] = form.exec(host) ?? [];
    return { name: name.toLowerCase(), port: port === undefined ? undefined : Number(port) };
  });
}
