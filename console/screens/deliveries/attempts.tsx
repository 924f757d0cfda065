import type { Attempt } from "../../../shared/contract/delivery.ts";
import { Empty } from "../../parts/empty.tsx";
import { When } from "../../parts/when.tsx";

/** Each try with what the receiver answered, the newest first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <section class="card flush" aria-labelledby="attempts">
      <div class="card-head">
        <h2 id="attempts">Attempts and answers</h2>
      </div>
      {attempts.length === 0 ? (
        <Empty title="No attempt has been made yet.">
          <p>The first one comes within seconds, unless the webhook’s deliveries are held back.</p>
        </Empty>
      ) : (
        <ol class="attempts">
          {attempts
            .map((attempt, index) => (
              <li key={index}>
                <AttemptAnswer {...attempt} />
              </li>
            ))
            .reverse()}
        </ol>
      )}
    </section>
  );
}

function AttemptAnswer(props: Attempt) {
  const { attempt, attemptTime, statusCode, latencyMs, error, responseBody } = props;
  const { request, responseHeaders = {} } = props;
  const headers = Object.entries(responseHeaders).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <p class="attempt-head">
        <strong>Attempt {attempt}</strong>
        <span>{statusCode === null ? "no answer" : `answered ${statusCode}`}</span>
        <span>{latencyMs} ms</span>
        <span class="quiet">
          <When time={attemptTime} />
        </span>
      </p>
      {error !== null && <p class="bad-text">{error}</p>}
      {request && (
        <p class="quiet">
          POST <code>{request.url}</code>, {request.format}, {request.bytes} bytes
        </p>
      )}
      {headers.length > 0 && <pre class="block">{headers.join("\n")}</pre>}
      {responseBody === "" ? (
        <p class="quiet">The answer had no body.</p>
      ) : (
        <pre class="block">{responseBody}</pre>
      )}
    </>
  );
}
