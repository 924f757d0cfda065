import { Page } from "../parts/page.tsx";
import { hrefTo } from "../state/address/route.ts";
import { session } from "../state/session.ts";

export function Unknown() {
  const cacheName = session.value?.cacheName ?? "";
  return (
    <Page title="There is no such page">
      <p>
        The address may be mistyped. Continue with{" "}
        <a href={hrefTo({ screen: "webhooks", cacheName })}>the webhooks of {cacheName}</a>.
      </p>
    </Page>
  );
}
