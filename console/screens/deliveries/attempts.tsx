import type { Attempt, Delivery } from "../../../shared/contract/delivery.ts";
import { Empty } from "../../parts/empty.tsx";
import { When } from "../../parts/when.tsx";
import { query, setQuery } from "../../state/address/address.ts";
import { generationsOf } from "../../state/deliveries/generations.ts";
import { AttemptDetails } from "./attempt-details.tsx";

/** Every try, newest sending first; the chosen one with its request and its response. */
export function Attempts({ delivery }: { delivery: Delivery }) {
  const { attempts } = delivery;
  const chosen = chosenPlace(attempts);
  const attempt = attempts[chosen];
  return (
    <section class="card flush" aria-labelledby="attempts">
      <div class="card-head">
        <h2 id="attempts">Attempts</h2>
      </div>
      {attempt === undefined ? (
        <Empty title="No attempt has been made yet.">
          <p>
            The first one follows within seconds, unless the webhook’s deliveries are held back.
          </p>
        </Empty>
      ) : (
        <>
          <AttemptTable attempts={attempts} chosen={chosen} />
          <AttemptDetails delivery={delivery} attempt={attempt} />
        </>
      )}
    </section>
  );
}

/** The one that the address names, else the last. */
function chosenPlace(attempts: readonly Attempt[]): number {
  const named = Number(query.value.attempt ?? Number.NaN) - 1;
  return attempts[named] ? named : attempts.length - 1;
}

interface AttemptTableProps {
  attempts: readonly Attempt[];
  chosen: number;
}

function AttemptTable({ attempts, chosen }: AttemptTableProps) {
  const generations = generationsOf(attempts);
  return (
    <table class="attempts">
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">When</th>
          <th scope="col">Result</th>
          <th scope="col" class="number">
            Latency
          </th>
        </tr>
      </thead>
      {generations.toReversed().map(({ startTime, isResent, attempts }) => (
        <tbody key={startTime}>
          {generations.length > 1 && (
            <tr class="group">
              <th scope="rowgroup" colSpan={4}>
                {isResent ? "Sent again" : "First sent"} <When time={startTime} />
              </th>
            </tr>
          )}
          {attempts.toReversed().map(({ place, attempt }) => (
            <AttemptRow
              key={place}
              attempt={attempt}
              isChosen={place === chosen}
              onChoose={() => setQuery({ attempt: String(place + 1) })}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface AttemptRowProps {
  attempt: Attempt;
  isChosen: boolean;
  onChoose: () => void;
}

function AttemptRow({ attempt, isChosen, onChoose }: AttemptRowProps) {
  const { attemptTime, latencyMs, error } = attempt;
  return (
    <tr class={isChosen ? "chosen" : ""}>
      <th scope="row">
        <button
          type="button"
          class="row-button"
          aria-pressed={isChosen}
          onClick={onChoose}
          data-row
        >
          {attempt.attempt}
        </button>
      </th>
      <td>
        <When time={attemptTime} />
      </td>
      <td class={error === null ? "" : "bad-text"}>{resultText(attempt)}</td>
      <td class="number">{latencyMs} ms</td>
    </tr>
  );
}

/** `204`, `HTTP 500`, or why there is no answer. */
function resultText({ statusCode, error }: Attempt): string {
  return error ?? (statusCode === null ? "no answer" : String(statusCode));
}
