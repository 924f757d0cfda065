/** What to tell somebody whose start failed. */
export function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return `hookcast could not start: ${error}`;
  if ("code" in error && error.code === "EADDRINUSE") {
    const port = "port" in error ? error.port : "";
    return `hookcast could not start: port ${port} is taken. Choose another one with PORT=…`;
  }
  return `hookcast could not start: ${error.message}`;
}
