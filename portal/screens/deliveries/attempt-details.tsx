import { chosenTab, Tabs } from "../../../console/parts/tabs.tsx";
import { CodeBlock } from "../../../console/parts/text/code-block.tsx";
import { curlCommand } from "../../../console/state/deliveries/curl.ts";
import { isStandardHeader } from "../../../console/state/deliveries/standard-headers.ts";
import type { Attempt, Delivery } from "../../../shared/contract/delivery.ts";
import { t } from "../../language/language.ts";
import { millisecondsText } from "../../language/times.ts";
import { CopyButton } from "../../parts/copy-button.tsx";

interface AttemptDetailsProps {
  delivery: Delivery;
  attempt: Attempt;
}

/** What was sent, and what came back. */
export function AttemptDetails({ delivery, attempt }: AttemptDetailsProps) {
  const tabs = { request: t("delivery.request"), response: t("delivery.response") };
  return (
    <div class="details stack">
      <div class="card-head">
        <h3>{t("delivery.attempt", { count: attempt.attempt })}</h3>
        <Tabs label={t("delivery.part")} tabs={tabs} usual="response" field="part" />
      </div>
      {chosenTab(tabs, "part", "response") === "request" ? (
        <SentRequest delivery={delivery} attempt={attempt} />
      ) : (
        <ReceivedResponse attempt={attempt} />
      )}
    </div>
  );
}

function SentRequest({ delivery, attempt: { request } }: AttemptDetailsProps) {
  const { requestBody, rendered } = delivery;
  if (!request) return <p class="quiet">{t("delivery.notKept")}</p>;
  const { url, headerNames } = request;
  const customNames = headerNames.filter((name) => !isStandardHeader(name));
  const curl = (body: string) =>
    curlCommand({ url, contentType: "application/json", customNames, body });
  return (
    <>
      <p class="request-line">
        <strong>POST</strong> <code>{url}</code>
      </p>
      <pre class="block">{headerNames.map((name) => `${name}: •••`).join("\n")}</pre>
      {typeof requestBody !== "string" ? (
        <p class="quiet">{t("delivery.notKept")}</p>
      ) : (
        <>
          <CodeBlock text={requestBody} />
          {rendered === "settings-changed" && <p class="hint">{t("delivery.changed")}</p>}
          <div class="actions">
            <CopyButton text={requestBody} />
            <CopyButton text={curl(requestBody)} label="delivery.curl" />
          </div>
        </>
      )}
    </>
  );
}

const keptBytes = 2_048;

function ReceivedResponse({ attempt }: { attempt: Attempt }) {
  const { statusCode, latencyMs, error, responseBody, responseHeaders } = attempt;
  const headers = Object.entries(responseHeaders ?? {});
  const time = millisecondsText(latencyMs);
  return (
    <>
      <p>
        {statusCode === null
          ? t("delivery.noAnswer", { time, error: error ?? "" })
          : t("delivery.answered", { time, status: String(statusCode) })}
      </p>
      {headers.length > 0 && (
        <pre class="block">{headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
      )}
      {responseBody === "" ? (
        <p class="quiet">{t("delivery.noBody")}</p>
      ) : (
        <CodeBlock text={responseBody} />
      )}
      {new TextEncoder().encode(responseBody).length >= keptBytes && (
        <p class="hint">{t("delivery.cut")}</p>
      )}
    </>
  );
}
