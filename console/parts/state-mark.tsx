import type { WebhookState } from "../../shared/contract/health.ts";

/** Each state has a shape of its own, filled: told apart without a colour, and in print. */
const shapes: Record<WebhookState, string> = {
  held: "M2 2h8v8H2z",
  failing: "M6 1.2 11.2 10.5H.8z",
  limited: "M6 .8 11.2 6 6 11.2.8 6z",
  disabled: "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 1.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8Z",
  ok: "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z",
};

export function StateShape({ state }: { state: WebhookState }) {
  return (
    <svg class="shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={shapes[state]} fill-rule="evenodd" />
    </svg>
  );
}

/** How a webhook does: a shape, a word and a colour, in this order of trust. */
export function StateMark({ state, word = state }: { state: WebhookState; word?: string }) {
  return (
    <span class={`state ${state}`}>
      <StateShape state={state} />
      {word}
    </span>
  );
}
