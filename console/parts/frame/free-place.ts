/** Where a toast may stand, by preference. */
export const places = ["bottom-end", "bottom-start", "top-end", "top-start", "bottom"] as const;
export type Place = (typeof places)[number];

const actions = ":is(main, .top-bar) :is(a, button, input, select, textarea, summary)";

/** Puts what is told where it covers nothing that can be clicked; the first place where nowhere is free. */
export function putAside(toast: HTMLElement): void {
  const boxes = [...document.querySelectorAll(actions)].map((one) => one.getBoundingClientRect());
  const isFree = (place: Place) => {
    toast.dataset.place = place;
    const own = toast.getBoundingClientRect();
    return !boxes.some((box) => overlap(own, box));
  };
  if (!places.some(isFree)) toast.dataset.place = places[0];
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  const isBeside = one.right <= other.left || other.right <= one.left;
  return !isBeside && one.top < other.bottom && other.top < one.bottom;
}
