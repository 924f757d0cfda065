/** What follows the path of an address: filters, a range, a tab. Absent and empty mean the same. */
export type Query = Readonly<Record<string, string>>;

export function queryOf(hash: string): Query {
  const at = hash.indexOf("?");
  const entries = at < 0 ? [] : [...new URLSearchParams(hash.slice(at + 1))];
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** The path of an address, without its query. */
export function pathOf(hash: string): string {
  return hash.split("?", 1)[0] ?? "";
}

/** The address with this query; names in the order given. */
export function withQuery(path: string, query: Query): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return text.size === 0 ? path : `${path}?${text}`;
}
