import { CodeBlock } from "../../console/parts/text/code-block.tsx";
import type { TestWebhookResponse } from "../../shared/contract/operations/webhooks/test-webhook.ts";
import { t } from "../language/language.ts";
import { millisecondsText } from "../language/times.ts";
import { whyKey } from "../state/why.ts";

/** What came back from a test event, and what to do about it. */
export function TestAnswer({ answer }: { answer: TestWebhookResponse }) {
  const { delivered, statusCode = null, latencyMs, error = null, responseBody } = answer;
  const time = millisecondsText(latencyMs);
  const why = whyKey({ statusCode, error });
  return (
    <div class={`notice ${delivered ? "good" : "bad"}`} role="status">
      <p>
        <strong>
          {delivered
            ? t("test.delivered", { time, status: String(statusCode) })
            : t("test.failed", { time, error: error ?? `HTTP ${statusCode}` })}
        </strong>
        {why && <> {t(why)}</>}
      </p>
      {responseBody && <CodeBlock text={responseBody} />}
    </div>
  );
}
