/** Lines on a grid of 16; none means anything without the words beside it. */
const paths = {
  delivered: "m3.5 8.5 3 3 6-7",
  failed: "m4.5 4.5 7 7m0-7-7 7",
  retrying: "M12.5 8a4.5 4.5 0 1 1-1.3-3.2M12.5 2.5v2.8H9.7",
  pending: "M8 4.5V8l2.3 1.6",
  active: "M3.5 8h2l1.5-4 2.5 8L11 8h1.5",
  inactive: "M6 4.5v7m4-7v7",
  plus: "M8 3.5v9M3.5 8h9",
  send: "m2.5 8 11-5-3.5 10.5-2.5-4Zm5 1.5 3-3",
  copy: "M5.5 5.5h7v7h-7zM10.5 3.5h-7v7",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
