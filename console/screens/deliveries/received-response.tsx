import type { Attempt } from "../../../shared/contract/delivery.ts";
import { indented, isJson } from "../../state/json-text.ts";

const keptBytes = 2_048;

/** What the receiver responded, as far as it is kept. */
export function ReceivedResponse({ attempt }: { attempt: Attempt }) {
  const { statusCode, latencyMs, error, responseBody, responseHeaders } = attempt;
  const headers = Object.entries(responseHeaders ?? {});
  const isCut = new TextEncoder().encode(responseBody).length >= keptBytes;
  return (
    <>
      <p>
        {statusCode === null ? "No answer" : `Answered ${statusCode}`} in {latencyMs} ms
        {error !== null && error !== `HTTP ${statusCode}` && (
          <>
            {" — "}
            <span class="bad-text">{error}</span>
          </>
        )}
      </p>
      {headers.length > 0 && (
        <pre class="block">{headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
      )}
      {responseBody === "" ? (
        <p class="quiet">{statusCode === null ? "There is no body." : "The answer had no body."}</p>
      ) : (
        <pre class="block">{isJson(responseBody) ? indented(responseBody) : responseBody}</pre>
      )}
      {isCut && <p class="hint">Cut at 2 KiB.</p>}
    </>
  );
}
