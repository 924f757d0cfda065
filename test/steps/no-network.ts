/**
 * How the programs that download say that they reached nobody: sentences of their own, from the start of a line. What
 * other programs say of a connection is no such sentence, and a package that does not exist reads otherwise.
 */
const sentences = [
  // pip gives up on an index with the last of its tries, and on a file with a traceback.
  /^WARNING: Retrying \(Retry\(total=0, .* after connection broken by .*(?=[\s\S]*^ERROR: No matching distribution found for )/m,
  /^pip\._vendor\.(?:requests|urllib3)\.exceptions\.\w+: HTTPS?ConnectionPool\(.*/m,
  /^ERROR: Could not install packages due to an OSError: HTTPS?ConnectionPool\(.*/m,
  /^npm (?:error|ERR!) code (?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|E(?:NET|HOST)UNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR)$/m,
  /^npm (?:error|ERR!) network timeout at: .*/m,
  // Go, of a module's files and of their sums.
  /^(?:go: |\S+\.go:\d+:\d+: |\t\S+@v|verifying ).*(?:Get "https?:[^"]*"|reading https?:\S+): (?:proxyconnect tcp: )?(?:dial tcp|read tcp|net\/http: |EOF|context deadline).*/m,
  /^fatal: unable to access '.*': (?:Could not resolve|Failed to connect to|Connection timed out|Recv failure).*/m,
  // Composer and RubyGems
  /^.*curl error (?:5|6|7|28) while downloading https?:.*/m,
  /^\s*Unable to download data from https?:\S+ - .*/m,
];

/** What a program that has failed to download said of the network; undefined where something else is wrong. */
export function foundNoNetwork(output: string): string | undefined {
  for (const sentence of sentences) {
    const [found] = sentence.exec(output) ?? [];
    if (found) return found.trim();
  }
  return undefined;
}
