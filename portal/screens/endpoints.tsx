import { Empty } from "../../console/parts/empty.tsx";
import { Icon } from "../../console/parts/icon.tsx";
import { StateMark } from "../../console/parts/state-mark.tsx";
import { CutText } from "../../console/parts/text/cut-text.tsx";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { numberText, t } from "../language/language.ts";
import { AsyncContent } from "../parts/async-content.tsx";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { UrlText } from "../parts/url-text.tsx";
import { When } from "../parts/when.tsx";
import { titleOf, useEndpoints } from "../state/endpoints.ts";
import { hrefTo } from "../state/paths.ts";
import { may } from "../state/session.ts";

export function Endpoints() {
  const loaded = useEndpoints();
  const needing = (loaded.value ?? []).filter(({ health }) => health && health.state !== "ok");
  const hasSome = loaded.value !== undefined && loaded.value.length > 0;
  return (
    <ScreenFrame
      title={t("endpoints.title")}
      actions={may("manage") && hasSome && <AddLink text={t("endpoints.add")} />}
    >
      <p class="intro">
        {needing.length > 0
          ? t("endpoints.attention", { count: needing.length })
          : t("endpoints.intro")}
      </p>
      <section class="card flush" aria-label={t("endpoints.title")}>
        <AsyncContent loaded={loaded}>
          {(endpoints) =>
            endpoints.length === 0 ? <NoEndpoint /> : <EndpointTable endpoints={endpoints} />
          }
        </AsyncContent>
      </section>
    </ScreenFrame>
  );
}

function AddLink({ text }: { text: string }) {
  return (
    <a class="button" href={hrefTo({ screen: "add" })}>
      <Icon name="plus" />
      {text}
    </a>
  );
}

function NoEndpoint() {
  if (!may("manage")) {
    return (
      <Empty title={t("endpoints.emptyRead")}>
        <p>{t("endpoints.askToAdd")}</p>
      </Empty>
    );
  }
  return (
    <Empty title={t("endpoints.empty")}>
      <p>{t("endpoints.emptyText")}</p>
      <AddLink text={t("endpoints.add")} />
    </Empty>
  );
}

function EndpointTable({ endpoints }: { endpoints: readonly Webhook[] }) {
  return (
    <table class="rows endpoints">
      <thead>
        <tr>
          <th scope="col">{t("endpoints.state")}</th>
          <th scope="col">{t("endpoints.endpoint")}</th>
          <th scope="col">{t("endpoints.events")}</th>
          <th scope="col">{t("endpoints.last")}</th>
          <th scope="col" class="number">
            {t("endpoints.waiting")}
          </th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.webhookId} endpoint={endpoint} />
        ))}
      </tbody>
    </table>
  );
}

function EndpointRow({ endpoint }: { endpoint: Webhook }) {
  const { webhookId, id, destination, events, health } = endpoint;
  const { state = "ok", lastSuccessTime = null, waiting = 0 } = health ?? {};
  return (
    <tr>
      <td data-label={t("endpoints.state")} class="in-state">
        <StateMark state={state} word={t(`state.${state}`)} />
      </td>
      <th scope="row" data-label={t("endpoints.endpoint")} class="name">
        <span class="endpoint-name">
          <a href={hrefTo({ screen: "endpoint", webhookId })} data-row>
            {id.webhookName === webhookId ? (
              <UrlText url={destination.postUrl} />
            ) : (
              <CutText text={titleOf(endpoint)} />
            )}
          </a>
          {id.webhookName !== webhookId && <UrlText url={destination.postUrl} />}
        </span>
      </th>
      <td data-label={t("endpoints.events")} class="result">
        <EventsText events={events} />
      </td>
      <td data-label={t("endpoints.last")} class="in-last">
        {lastSuccessTime === null ? (
          <span class="quiet">{t("endpoints.never")}</span>
        ) : (
          <When time={lastSuccessTime} isAgo />
        )}
      </td>
      <td data-label={t("endpoints.waiting")} class="number">
        {numberText(waiting)}
      </td>
    </tr>
  );
}

/** One event by its name, several by their number. */
function EventsText({ events }: { events: Webhook["events"] }) {
  const [only, another] = events;
  if (only === undefined) return <>{t("endpoints.every")}</>;
  if (another === undefined) return <CutText text={String(only)} />;
  return <span title={events.join(", ")}>{t("endpoints.count", { count: events.length })}</span>;
}
