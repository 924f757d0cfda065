import { Failure } from "../parts/failure.tsx";
import { useAction } from "../state/action.ts";
import { announce } from "../state/announcement.ts";
import { hookcast } from "../state/hookcast.ts";

/** Long enough for a look. */
const seconds = 900;

/** Shows the operator what the customer sees: a session that only reads, which the service's log names. */
export function OpenPortal({ cacheName }: { cacheName: string }) {
  const { isBusy, error, run } = useAction();
  const open = () => {
    // Before anything is waited for: else browsers take it for a pop-up.
    const tab = window.open("about:blank");
    if (tab) tab.opener = null;
    return run(async () => {
      try {
        const wish = { permissions: ["read" as const], expiresInSeconds: seconds };
        const { url } = await hookcast().createPortalSession({ cacheName, ...wish });
        if (url === null) throw new Error("This deployment has no portal page.");
        tab?.location.replace(url);
        announce("The portal is open in another tab, for 15 minutes and only to read.");
      } catch (thrown) {
        tab?.close();
        throw thrown;
      }
    });
  };
  return (
    <>
      <button type="button" class="plain" aria-busy={isBusy} onClick={open}>
        Open the portal as this customer
      </button>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
