import { adviceOnOpenFiles } from "./open-files.ts";

/** What to tell somebody whose start failed. */
export function startFailure(error: unknown): string {
  return `hookcast could not start: ${reasonFor(error)}`;
}

function reasonFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, port } = Object(error);
  if (syscall === "listen" && code === "EADDRINUSE") {
    return `port ${port} is taken. Choose another one with PORT=…`;
  }
  if (syscall === "listen" && code === "EACCES") {
    return `port ${port} may not be used by this user. Choose one above 1023 with PORT=…`;
  }
  const reason = error.message;
  const advice = adviceOnOpenFiles(`${code} ${reason}`);
  if (advice) return `${reason}: ${advice}`;
  if (/\bENOSPC\b|no space left|disk is full/i.test(reason)) {
    return `${reason}: free some space, or give HOOKCAST_DATA_DIR a folder on another disk`;
  }
  return reason;
}
