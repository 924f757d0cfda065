import { ConnectionError, HookcastError } from "../../client/errors.ts";
import { t } from "../language/language.ts";
import type { TextKey } from "../language/texts/en.ts";

interface FailureProps {
  error: unknown;
  /** Asks again; where there is nothing to ask again, there is no button. */
  onRetry?: () => void;
}

/** What went wrong, in the reader's language, and what the service says of each bad field. */
export function Failure({ error, onRetry }: FailureProps) {
  const refusal = error instanceof HookcastError ? error : undefined;
  const key = keyOf(error);
  const { details = [], requestId, message } = refusal ?? {};
  return (
    <div class="notice bad" role="alert">
      <p>
        <strong>{t(key)}</strong>
        {key === "error.refused" && details.length === 0 && <> {message ?? String(error)}</>}
      </p>
      {details.length > 0 && (
        <ul>
          {details.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {key === "error.service" && requestId && (
        <p class="quiet">{t("error.request", { id: requestId })}</p>
      )}
      {onRetry && (
        <button type="button" class="small" onClick={onRetry}>
          {t("app.retry")}
        </button>
      )}
    </div>
  );
}

function keyOf(error: unknown): TextKey {
  if (error instanceof ConnectionError) return "error.offline";
  if (!(error instanceof HookcastError)) return "error.refused";
  const { status } = error;
  if (status === 401 || status === 403) return "error.permission";
  if (status === 404) return "error.missing";
  if (status === 409 || status === 412) return "error.changed";
  if (status === 429) return "error.limit";
  return status >= 500 ? "error.service" : "error.refused";
}
