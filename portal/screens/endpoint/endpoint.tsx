import { StateMark } from "../../../console/parts/state-mark.tsx";
import { chosenTab, Tabs } from "../../../console/parts/tabs.tsx";
import { useHealth } from "../../../console/state/webhooks/health.ts";
import { t } from "../../language/language.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { titleOf, useEndpoint } from "../../state/endpoints.ts";
import { hrefTo } from "../../state/paths.ts";
import { may } from "../../state/session.ts";
import { Deliveries } from "../deliveries/deliveries.tsx";
import { DangerZone } from "./danger-zone.tsx";
import { HealthNotice } from "./health-notice.tsx";
import { Secret } from "./secret.tsx";
import { Settings } from "./settings.tsx";
import { TestEvent } from "./test-event.tsx";

export function Endpoint({ webhookId }: { webhookId: string }) {
  const loaded = useEndpoint(webhookId);
  const { value: health, reload: reloadHealth } = useHealth(webhookId);
  const tabs = {
    deliveries: t("endpoint.deliveries"),
    settings: t("endpoint.settings"),
    ...(may("secret") && { secret: t("endpoint.secret") }),
  };
  const reloadAll = async () => {
    await Promise.all([loaded.reload(), reloadHealth()]);
  };
  const tab = chosenTab<string>(tabs);
  return (
    <ScreenFrame
      title={loaded.value ? titleOf(loaded.value.webhook) : "…"}
      up={{ href: hrefTo({ screen: "endpoints" }), name: t("app.endpoints") }}
      aside={health && <StateMark state={health.state} word={t(`state.${health.state}`)} />}
      actions={loaded.value && <Actions webhookId={webhookId} />}
    >
      <AsyncContent loaded={loaded}>
        {(known) => (
          <>
            {health && (
              <HealthNotice endpoint={known.webhook} health={health} onChanged={reloadAll} />
            )}
            <Tabs<string> label={t("endpoint.parts")} tabs={tabs} />
            {tab === "deliveries" && <Deliveries webhookId={webhookId} />}
            {tab === "settings" && (
              <div class="columns">
                <Settings endpoint={known.webhook} />
                <div class="side">
                  {may("resend") && <TestEvent endpoint={known.webhook} />}
                  {may("manage") && <DangerZone known={known} onChanged={reloadAll} />}
                </div>
              </div>
            )}
            {tab === "secret" && (
              <div class="narrow">
                <Secret endpoint={known.webhook} />
              </div>
            )}
          </>
        )}
      </AsyncContent>
    </ScreenFrame>
  );
}

function Actions({ webhookId }: { webhookId: string }) {
  return (
    <>
      {may("resend") && (
        <a class="button plain" href={hrefTo({ screen: "recover", webhookId })}>
          {t("endpoint.recover")}
        </a>
      )}
      {may("manage") && (
        <a class="button plain" href={hrefTo({ screen: "edit", webhookId })}>
          {t("endpoint.edit")}
        </a>
      )}
    </>
  );
}
