import { Failure } from "../failure.ts";

/** The service's address; what does not fit is not repeated, for it may hold a password. */
export function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  const advice =
    "It is https:// and a host, as the stack's output ApiUrl or `npm start` prints it.";
  throw new Failure("usage", "that is not the address of a service", { advice });
}
