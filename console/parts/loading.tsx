/** Stands where something is about to come. */
export function Loading({ what }: { what: string }) {
  return (
    <div class="loading" role="status">
      <span class="skeleton" />
      <span class="skeleton" />
      <span class="skeleton" />
      <span class="unseen">Loading {what}…</span>
    </div>
  );
}
