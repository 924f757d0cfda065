import type { WebhookState } from "../../../shared/contract/health.ts";
import { Sparkline } from "../../parts/sparkline.tsx";
import { StateShape } from "../../parts/state-mark.tsx";
import { query, setQuery } from "../../state/address/address.ts";
import { countText, shareText } from "../../state/numbers.ts";
import { type Overview, states, summedHours } from "../../state/overview.ts";

/** Which states the address asks for; none means all. */
export function chosenStates(): WebhookState[] {
  const named = (query.value.state ?? "").split(",");
  return states.filter((state) => named.includes(state));
}

/** How many webhooks are in each state; a tile shows its own, and again all. */
export function StateTiles({ overview }: { overview: Overview }) {
  const chosen = chosenStates();
  const toggle = (state: WebhookState) => {
    const next = chosen.includes(state)
      ? chosen.filter((each) => each !== state)
      : [...chosen, state];
    setQuery({ state: next.join(",") });
  };
  return (
    <div class="tiles">
      <fieldset class="tile-group">
        <legend class="unseen">Show webhooks by state</legend>
        {states.map((state) => (
          <button
            key={state}
            type="button"
            class={`tile ${state}${overview.counts[state] === 0 ? " none" : ""}`}
            aria-pressed={chosen.includes(state)}
            onClick={() => toggle(state)}
          >
            <span class="tile-count">{countText(overview.counts[state])}</span>
            <span class="tile-name">
              <StateShape state={state} />
              {state}
            </span>
          </button>
        ))}
      </fieldset>
      <DayTotals overview={overview} />
    </div>
  );
}

function DayTotals({ overview }: { overview: Overview }) {
  if (overview.last24Hours === null) return null;
  const { delivered, failed } = overview.last24Hours;
  return (
    <dl class="day">
      <div>
        <dt>delivered, last 24 h</dt>
        <dd>{countText(delivered)}</dd>
      </div>
      <div>
        <dt>failed, last 24 h</dt>
        <dd class={failed > 0 ? "bad-text" : ""}>
          {countText(failed)} {failed > 0 && <small>{shareText(failed, delivered + failed)}</small>}
        </dd>
      </div>
      <div>
        <dt>by hour</dt>
        <dd>
          <Sparkline hours={summedHours(overview)} />
        </dd>
      </div>
    </dl>
  );
}
