import { useSignal } from "@preact/signals";
import type { TestWebhookResponse } from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import { Failure } from "../../parts/failure.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";

/** One event to the receiver, now and without a retry, and what came back. */
export function TestEvent({ webhookId }: { webhookId: string }) {
  const answer = useSignal<TestWebhookResponse | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const send = () =>
    run(async () => {
      answer.value = undefined;
      answer.value = await hookcast().testWebhook({ webhookId });
      announce(answer.value.delivered ? "The test event arrived." : "The test event failed.");
    });
  return (
    <section class="card stack" aria-labelledby="test">
      <h2 id="test">Test event</h2>
      <p class="quiet">
        Sends one signed event now, without a retry, and shows the answer within 10 seconds.
      </p>
      <button type="button" class="plain" aria-busy={isBusy} onClick={send}>
        <Icon name="send" />
        {isBusy ? "Waiting for the receiver…" : "Send a test event"}
      </button>
      {error !== undefined && <Failure error={error} />}
      {answer.value && <TestAnswer answer={answer.value} />}
    </section>
  );
}

/** What came back from a test. */
export function TestAnswer({ answer }: { answer: TestWebhookResponse }) {
  const { delivered, statusCode, latencyMs, error, responseBody } = answer;
  return (
    <div class={`notice ${delivered ? "good" : "bad"}`}>
      <p>
        <strong>{delivered ? "Delivered" : "Not delivered"}</strong> in {latencyMs} ms
        {statusCode !== undefined && <>, answered {statusCode}</>}
        {error !== undefined && <>: {error}</>}
      </p>
      {responseBody && <pre>{responseBody}</pre>}
    </div>
  );
}
