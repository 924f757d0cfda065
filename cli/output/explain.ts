import { ConnectionError, HookcastError } from "../../client/errors.ts";
import { isImplied } from "../../shared/contract/permission.ts";
import { type OperationId, routes } from "../../shared/contract/routes.ts";
import { adviceOnProxy } from "../proxy.ts";
import { shellCommand } from "../shell-command.ts";
import { type ExitName, Failure } from "./failure.ts";

interface Attempted {
  readonly url: string;
  /** What was asked for last. */
  readonly operation: OperationId | undefined;
  /** The webhook as the command named it. */
  readonly webhook?: string | undefined;
}

/** What the client throws, in words for people; any other error as it is. */
export function explain(error: unknown, attempted: Attempted): unknown {
  if (error instanceof ConnectionError) return unreachable(error, attempted);
  if (error instanceof HookcastError) return refused(error, attempted);
  // The client's word for input that it does not send.
  if (error instanceof TypeError) return new Failure("usage", error.message);
  return error;
}

function unreachable({ message, cause }: ConnectionError, { url }: Attempted): Failure {
  // fetch says only that it failed; what made it fail stands one cause deeper.
  const { code, message: reason } = Object(Object(cause).cause);
  const why = code || reason ? `${url}: ${code ?? reason}` : message;
  const usual = /^https?:\/\/(127\.|localhost|\[::1\])/.test(url)
    ? "Is it running? `npm start` starts the local run and prints its address."
    : "Is the address right? `hookcast profiles list` shows it.";
  const ofFiles = /^E[MN]FILE$/.test(code)
    ? "Too many files are open: raise `ulimit -n`."
    : undefined;
  const advice = ofFiles ?? adviceOnProxy(process.env) ?? usual;
  return new Failure("unreachable", `the service cannot be reached at ${why}`, { advice });
}

function refused(error: HookcastError, attempted: Attempted): Failure {
  const { code, requestId, details } = error;
  const { exit, message, advice } = verdictOn(error, attempted);
  return new Failure(exit, message ?? error.message, {
    ...{ code, requestId, details },
    ...(advice !== undefined && { advice }),
  });
}

interface Verdict {
  readonly exit: ExitName;
  readonly message?: string;
  readonly advice?: string;
}

function verdictOn(
  { status, code, message }: HookcastError,
  { url, operation, webhook = "<webhook>" }: Attempted,
): Verdict {
  if (status === 401 || status === 403) return notAllowed(code !== undefined, operation);
  if (status === 404 && code !== undefined) return { exit: "notFound" };
  if (status === 404) {
    const advice = "An address ends before /api/v1: `hookcast profiles list` shows what is set.";
    return { exit: "refused", message: `there is no Hookcast at ${url}`, advice };
  }
  if (status === 409 && message === "the webhook is inactive") {
    const activate = shellCommand("webhooks status", [webhook, "active"]);
    const advice = `Switch it on first: \`${activate}\`. Then run this again.`;
    return { exit: "refused", advice };
  }
  if (status === 412)
    return { exit: "refused", advice: "Somebody changed it meanwhile: try again." };
  return { exit: "refused" };
}

function notAllowed(isKnownKey: boolean, operation: OperationId | undefined): Verdict {
  const permission = operation && routes[operation].permission;
  const isOfKeys = permission && permission !== "session";
  const included = isOfKeys && isImplied(permission) ? ", which `manage` includes," : "";
  const message = isKnownKey ? "the key may not do this" : "the key is unknown, expired or revoked";
  const advice = isKnownKey
    ? `${operation} needs a key with the permission \`${permission}\`${included} for this cache.`
    : "Check the key, which operators make with `npm run keys -- create`. " +
      "Set another one: `hookcast profiles add <name> --url <url> --replace`, or HOOKCAST_KEY.";
  return { exit: "notAllowed", message, advice };
}
