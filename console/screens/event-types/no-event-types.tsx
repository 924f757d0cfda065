import { Empty } from "../../parts/empty.tsx";
import { hrefTo } from "../../state/address/route.ts";

/** Teaches how to begin. */
export function NoEventTypes({ mayChange }: { mayChange: boolean }) {
  return (
    <Empty title="No event type is described yet.">
      <p>
        {mayChange
          ? "Describe your first event, or import the webhooks of an OpenAPI document that you have:"
          : "A key that manages all caches can import the webhooks of an OpenAPI document:"}
      </p>
      <pre class="block">hookcast event-types import openapi.json</pre>
      {mayChange && (
        <p>
          <a href={hrefTo({ screen: "import event types" })}>Import it here</a>
        </p>
      )}
      <p>
        <code>docs/event-types.md</code> tells what a type is, and how publishes are checked.
      </p>
    </Empty>
  );
}
