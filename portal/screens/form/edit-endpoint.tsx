import { t } from "../../language/language.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { changeEndpoint } from "../../state/endpoint-form.ts";
import { titleOf, useEndpoint } from "../../state/endpoints.ts";
import { hrefTo } from "../../state/paths.ts";
import { goTo } from "../../state/route.ts";
import { EndpointForm } from "./endpoint-form.tsx";

export function EditEndpoint({ webhookId }: { webhookId: string }) {
  const loaded = useEndpoint(webhookId);
  const href = hrefTo({ screen: "endpoint", webhookId });
  const name = loaded.value ? titleOf(loaded.value.webhook) : t("app.endpoints");
  return (
    <ScreenFrame title={t("form.edit")} up={{ href, name }}>
      <AsyncContent loaded={loaded}>
        {({ webhook, etag }) => (
          <EndpointForm
            endpoint={webhook}
            isNamed
            submitText={t("app.save")}
            onSubmit={async (fields) => {
              await changeEndpoint(webhook, fields, etag);
              goTo({ screen: "endpoint", webhookId });
            }}
            cancel={
              <a class="button plain" href={href}>
                {t("app.cancel")}
              </a>
            }
          />
        )}
      </AsyncContent>
    </ScreenFrame>
  );
}
