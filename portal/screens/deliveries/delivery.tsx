import { Badge } from "../../../console/parts/badge.tsx";
import { Facts } from "../../../console/parts/facts.tsx";
import { useDelivery } from "../../../console/state/deliveries/delivery.ts";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { Delivery as DeliveryRow } from "../../../shared/contract/delivery.ts";
import { t } from "../../language/language.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { When } from "../../parts/when.tsx";
import { WorkButton } from "../../parts/work-button.tsx";
import { titleOf, useEndpoint } from "../../state/endpoints.ts";
import { hrefTo } from "../../state/paths.ts";
import { may } from "../../state/session.ts";
import { whyKey } from "../../state/why.ts";
import { Attempts } from "./attempts.tsx";

interface DeliveryProps {
  webhookId: string;
  messageId: string;
}

export function Delivery({ webhookId, messageId }: DeliveryProps) {
  const endpoint = useEndpoint(webhookId).value?.webhook;
  const loaded = useDelivery(webhookId, messageId);
  const delivery = loaded.value;
  const resend = async () => {
    const { held } = await hookcast().retryDelivery({ webhookId, messageId });
    loaded.awaitChange();
    return t(held ? "deliveries.held" : "delivery.resent");
  };
  return (
    <ScreenFrame
      title={delivery ? String(delivery.event ?? t("delivery.title")) : t("delivery.title")}
      up={{
        href: hrefTo({ screen: "endpoint", webhookId }),
        name: endpoint ? titleOf(endpoint) : t("deliveries.title"),
      }}
      aside={delivery && <Badge status={delivery.status} word={t(`status.${delivery.status}`)} />}
      actions={
        delivery && may("resend") && <WorkButton work={resend}>{t("delivery.resend")}</WorkButton>
      }
    >
      <AsyncContent loaded={loaded}>
        {(delivery) => (
          <>
            <Why delivery={delivery} />
            <section class="card" aria-label={t("delivery.title")}>
              <DeliveryFacts delivery={delivery} />
            </section>
            <Attempts delivery={delivery} />
          </>
        )}
      </AsyncContent>
    </ScreenFrame>
  );
}

/** In words for those who do not know ours, and with what to do. */
function Why({ delivery: { status, lastStatusCode, error } }: { delivery: DeliveryRow }) {
  const why = whyKey({ statusCode: lastStatusCode, error });
  if (status === "delivered" || status === "pending" || !why) return null;
  return (
    <div class={`notice ${status === "failed" ? "bad" : "warn"}`}>
      <p>
        <strong>{t("delivery.why", { error: error ?? "" })}</strong> {t(why)}
      </p>
    </div>
  );
}

function DeliveryFacts({ delivery }: { delivery: DeliveryRow }) {
  const { messageId, publishedTime, nextAttemptTime } = delivery;
  const facts = {
    [t("deliveries.message")]: <code class="id">{messageId}</code>,
    [t("delivery.published")]: <When time={publishedTime} />,
    [t("delivery.next")]:
      nextAttemptTime === null ? t("delivery.noNext") : <When time={nextAttemptTime} isAgo />,
  };
  return <Facts facts={facts} />;
}
