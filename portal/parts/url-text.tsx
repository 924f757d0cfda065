/** A URL of which the host is whole; the path is cut where there is no room. */
export function UrlText({ url }: { url: string }) {
  const { host, pathname, search } = URL.canParse(url)
    ? new URL(url)
    : { host: url, pathname: "", search: "" };
  const rest = decodeMask(pathname + search);
  return (
    <span class="url" title={url}>
      <span class="url-host">{host}</span>
      {rest !== "/" && <span class="url-path">{rest}</span>}
    </span>
  );
}

/** What the service hides is no part of a URL and would be shown encoded. */
function decodeMask(text: string): string {
  return text.replaceAll("%E2%80%A2", "•");
}
