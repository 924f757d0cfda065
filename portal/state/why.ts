import type { TextKey } from "../language/texts/en.ts";

interface Result {
  readonly statusCode: number | null;
  readonly error: string | null;
}

/** What a customer can do about a result; undefined where it arrived. */
export function whyKey({ statusCode, error }: Result): TextKey | undefined {
  if (error === "webhook inactive" || error === "webhook deleted") return "why.off";
  if (statusCode !== null) return keyOfStatus(statusCode);
  if (error === null || error === "not attempted yet") return undefined;
  return /time-?out|timed out/i.test(error) ? "why.timeout" : "why.connection";
}

function keyOfStatus(status: number): TextKey | undefined {
  if (status < 300) return undefined;
  if (status < 400) return "why.redirect";
  if (status === 401 || status === 403) return "why.auth";
  if (status === 404) return "why.notFound";
  if (status === 429) return "why.tooMany";
  return status < 500 ? "why.refused" : "why.server";
}
