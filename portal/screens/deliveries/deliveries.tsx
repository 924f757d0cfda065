import { Empty } from "../../../console/parts/empty.tsx";
import { query, setQuery } from "../../../console/state/address/address.ts";
import { useChosen } from "../../../console/state/deliveries/chosen.ts";
import { useDeliveries } from "../../../console/state/deliveries/delivery-pages.ts";
import { hookcast } from "../../../console/state/hookcast.ts";
import { useWhileVisible } from "../../../console/state/while-visible.ts";
import { t } from "../../language/language.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { WorkButton } from "../../parts/work-button.tsx";
import { may } from "../../state/session.ts";
import { DeliveryTable } from "./delivery-table.tsx";

const pauseMs = 4_000;
/** The most that one call sends again. */
const mostChosen = 100;
const statuses = ["delivered", "retrying", "failed", "pending"] as const;

/** An endpoint's deliveries as they come; the filter is in the address. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const status = statuses.find((name) => name === query.value.status);
  const chosen = useChosen();
  const loaded = useDeliveries(webhookId, status ? { status } : {});
  useWhileVisible(loaded.reload, pauseMs, true);
  const messageIds = [...chosen.ids].slice(0, mostChosen);
  const resend = async () => {
    const sent = { webhookId, mode: "failed", messageIds } as const;
    const { held } = await hookcast().recoverDeliveries(sent);
    chosen.clear();
    await loaded.reload();
    return held ? t("deliveries.held") : t("deliveries.sent", { count: messageIds.length });
  };
  return (
    <section class="card flush" aria-labelledby="deliveries">
      <div class="card-head">
        <h2 id="deliveries">{t("deliveries.title")}</h2>
        <div class="actions">
          {may("resend") && (
            <WorkButton kind="plain small" isDisabled={messageIds.length === 0} work={resend}>
              {messageIds.length === 0
                ? t("delivery.resend")
                : t("deliveries.resend", { count: messageIds.length })}
            </WorkButton>
          )}
          <label class="inline-field">
            <span>{t("deliveries.status")}</span>
            <select
              value={status ?? ""}
              onChange={(event) => setQuery({ status: event.currentTarget.value })}
            >
              <option value="">{t("deliveries.everyStatus")}</option>
              {statuses.map((name) => (
                <option key={name} value={name}>
                  {t(`status.${name}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <AsyncContent loaded={loaded}>
        {({ deliveries, nextCursor }) => (
          <>
            {deliveries.length === 0 ? (
              <NoDelivery isFiltered={status !== undefined} />
            ) : (
              <DeliveryTable webhookId={webhookId} deliveries={deliveries} chosen={chosen} />
            )}
            {nextCursor !== null && (
              <div class="more">
                <WorkButton
                  work={async () => {
                    await loaded.loadOlder();
                    return undefined;
                  }}
                >
                  {t("app.more")}
                </WorkButton>
              </div>
            )}
          </>
        )}
      </AsyncContent>
    </section>
  );
}

function NoDelivery({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title={t("deliveries.noMatch")}>{null}</Empty>;
  return (
    <Empty title={t("deliveries.empty")}>
      <p>{t("deliveries.emptyText")}</p>
      {may("resend") && (
        <button type="button" class="plain" onClick={() => setQuery({ tab: "settings" })}>
          {t("test.send")}
        </button>
      )}
    </Empty>
  );
}
