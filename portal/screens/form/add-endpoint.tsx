import { useSignal } from "@preact/signals";
import { hookcast } from "../../../console/state/hookcast.ts";
import type { PutWebhookResponse } from "../../../shared/contract/operations/webhooks/put-webhook.ts";
import type { TestWebhookResponse } from "../../../shared/contract/operations/webhooks/test-webhook.ts";
import { t } from "../../language/language.ts";
import { ScreenFrame } from "../../parts/screen-frame.tsx";
import { TestAnswer } from "../../parts/test-answer.tsx";
import { WorkButton } from "../../parts/work-button.tsx";
import {
  addDraft,
  addEndpoint,
  changeEndpoint,
  type EndpointFields,
} from "../../state/endpoint-form.ts";
import { hrefTo } from "../../state/paths.ts";
import { goTo } from "../../state/route.ts";
import { AddedEndpoint } from "./added-endpoint.tsx";
import { EndpointForm } from "./endpoint-form.tsx";

/** A test needs an endpoint; it is added switched off, and only saving switches it on. */
export function AddEndpoint() {
  const draft = useSignal<PutWebhookResponse | undefined>(undefined);
  const answer = useSignal<TestWebhookResponse | undefined>(undefined);
  const added = useSignal<PutWebhookResponse | undefined>(undefined);
  if (added.value) return <AddedEndpoint added={added.value} />;

  const keepDraft = async (fields: EndpointFields): Promise<PutWebhookResponse> => {
    const known = draft.value;
    const webhook = known && (await changeEndpoint(known.webhook, fields));
    draft.value = known && webhook ? { ...known, webhook } : await addDraft(fields);
    return draft.value;
  };
  const test = async (fields: EndpointFields) => {
    answer.value = undefined;
    const { webhookId } = await keepDraft(fields);
    answer.value = await hookcast().testWebhook({ webhookId });
  };
  const save = async (fields: EndpointFields) => {
    if (!draft.value) {
      added.value = await addEndpoint(fields);
      return;
    }
    const kept = await keepDraft(fields);
    await hookcast().updateWebhookStatus({ webhookId: kept.webhookId, webhookStatus: "active" });
    added.value = kept;
  };
  const discard = async () => {
    if (draft.value) await hookcast().deleteWebhook(draft.value.webhook.id);
    goTo({ screen: "endpoints" });
    return undefined;
  };
  return (
    <ScreenFrame
      title={t("form.add")}
      up={{ href: hrefTo({ screen: "endpoints" }), name: t("app.endpoints") }}
    >
      <EndpointForm
        isNamed={draft.value !== undefined}
        submitText={t("form.submit")}
        onSubmit={save}
        onTest={test}
        cancel={<WorkButton work={discard}>{t("app.cancel")}</WorkButton>}
      >
        {answer.value && <TestAnswer answer={answer.value} />}
        {draft.value && <p class="hint">{t("form.testHint")}</p>}
      </EndpointForm>
    </ScreenFrame>
  );
}
