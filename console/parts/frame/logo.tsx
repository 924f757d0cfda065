export function Logo() {
  return (
    <span class="logo">
      <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
        <rect width="24" height="24" rx="6" />
        <path d="M8 6v6a4 4 0 0 0 8 0V9m-3 3 3-3 3 3" />
      </svg>
      Hookcast
    </span>
  );
}
