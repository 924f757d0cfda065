import { useEffect } from "preact/hooks";
import { When } from "../../parts/when.tsx";
import { savedChanges } from "../../state/webhooks/saved-changes.ts";

/** What the settings were and are, after somebody has saved them here; until it is closed or the page is left. */
export function SavedNotice({ webhookId }: { webhookId: string }) {
  useEffect(() => () => forget(webhookId), [webhookId]);
  const saved = savedChanges.value;
  if (saved?.webhookId !== webhookId) return null;
  const { changes, savedTime } = saved;
  return (
    <section class="notice good banner" aria-label="What was saved">
      <div>
        <p>
          <strong>{changes.length === 0 ? "Nothing was different" : "Saved"}</strong>{" "}
          <When time={savedTime} />
        </p>
        {changes.length > 0 && (
          <dl class="changes">
            {changes.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <del>{before}</del>
                  <span aria-hidden="true"> → </span>
                  <ins>{after}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <button type="button" class="plain small" onClick={() => forget(webhookId)}>
        Close<span class="unseen"> what was saved</span>
      </button>
    </section>
  );
}

function forget(webhookId: string): void {
  if (savedChanges.peek()?.webhookId === webhookId) savedChanges.value = undefined;
}
