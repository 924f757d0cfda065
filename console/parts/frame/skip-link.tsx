/** Lets keyboards pass over the top bar. A link would change the address, which is the route. */
export function SkipLink() {
  const skip = () => document.querySelector<HTMLElement>("main")?.focus();
  return (
    <button type="button" class="skip-link" onClick={skip}>
      Skip to the content
    </button>
  );
}
