import { explain } from "../state/explain.ts";
import { signOut } from "../state/session.ts";

interface FailureProps {
  error: unknown;
  /** Asks again; where there is nothing to ask again, there is no button. */
  onRetry?: () => void;
}

/** What went wrong, in words, and what to do. */
export function Failure({ error, onRetry }: FailureProps) {
  const { what, advice, details, requestId, needsKey } = explain(error);
  return (
    <div class="notice bad" role="alert">
      <p>
        <strong>{what}</strong> {advice}
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
      {requestId && (
        <p class="quiet">
          Request <code>{requestId}</code>
        </p>
      )}
      {needsKey ? (
        <button type="button" class="small" onClick={signOut}>
          Sign in again
        </button>
      ) : (
        onRetry && (
          <button type="button" class="small" onClick={onRetry}>
            Try again
          </button>
        )
      )}
    </div>
  );
}
