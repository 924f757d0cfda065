import { signal } from "@preact/signals";

/** Where the API is: with the page, unless `config.json` beside the page names another origin. */
export const apiUrl = signal(location.origin);

export async function findApiUrl(): Promise<void> {
  const named = await fetch("config.json", { cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => undefined); // another page in its place
  if (typeof named?.apiUrl === "string" && URL.canParse(named.apiUrl)) apiUrl.value = named.apiUrl;
}
