import { Empty } from "../../../console/parts/empty.tsx";
import { query, setQuery } from "../../../console/state/address/address.ts";
import { generationsOf } from "../../../console/state/deliveries/generations.ts";
import type { Attempt, Delivery } from "../../../shared/contract/delivery.ts";
import { numberText, t } from "../../language/language.ts";
import { millisecondsText } from "../../language/times.ts";
import { When } from "../../parts/when.tsx";
import { AttemptDetails } from "./attempt-details.tsx";

/** Every try, newest sending first; the chosen one with its request and its response. */
export function Attempts({ delivery }: { delivery: Delivery }) {
  const { attempts } = delivery;
  const named = Number(query.value.attempt ?? Number.NaN) - 1;
  const chosen = attempts[named] ? named : attempts.length - 1;
  const attempt = attempts[chosen];
  return (
    <section class="card flush" aria-labelledby="attempts">
      <div class="card-head">
        <h2 id="attempts">{t("delivery.attempts")}</h2>
      </div>
      {attempt === undefined ? (
        <Empty title={t("delivery.noAttempt")}>{null}</Empty>
      ) : (
        <>
          <AttemptTable attempts={attempts} chosen={chosen} />
          <AttemptDetails delivery={delivery} attempt={attempt} />
        </>
      )}
    </section>
  );
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
          <th scope="col">{t("delivery.number")}</th>
          <th scope="col">{t("deliveries.time")}</th>
          <th scope="col">{t("delivery.result")}</th>
          <th scope="col" class="number">
            {t("delivery.latency")}
          </th>
        </tr>
      </thead>
      {generations.toReversed().map(({ startTime, isResent, attempts }) => (
        <tbody key={startTime}>
          {generations.length > 1 && (
            <tr class="group">
              <th scope="rowgroup" colSpan={4}>
                {t(isResent ? "delivery.again" : "delivery.first")} <When time={startTime} />
              </th>
            </tr>
          )}
          {attempts.toReversed().map(({ place, attempt }) => (
            <tr key={place} class={place === chosen ? "chosen" : ""}>
              <th scope="row">
                <button
                  type="button"
                  class="row-button"
                  aria-pressed={place === chosen}
                  onClick={() => setQuery({ attempt: String(place + 1) })}
                >
                  {numberText(attempt.attempt)}
                </button>
              </th>
              <td>
                <When time={attempt.attemptTime} />
              </td>
              <td class={attempt.error === null ? "" : "bad-text"}>
                {attempt.error ?? `HTTP ${attempt.statusCode}`}
              </td>
              <td class="number">{millisecondsText(attempt.latencyMs)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
