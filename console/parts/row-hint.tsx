import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Where the row or the notice ends whose times and names belong to what has the focus. */
const around = "tr, li, .notice";
/** Kept between the hint and what it stands at, and to the edges of the page. */
const gapPx = 6;

interface Hinted {
  readonly target: Element;
  readonly lines: readonly string[];
}

/**
 * Shows those who use the keyboard what hovering shows others: whole times, and names that are cut. Nothing is read
 * out for it, since what is read out is not cut.
 */
export function RowHint() {
  const [hinted, setHinted] = useState<Hinted>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const hide = () => setHinted(undefined);
    const show = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
      // A screen begins at its heading, which nobody has gone to.
      if (target.tabIndex < 0) return;
      const lines = hiddenTexts(target.closest(around) ?? target);
      if (lines.length > 0) setHinted({ target, lines });
    };
    const hideOnEscape = ({ key }: KeyboardEvent) => key === "Escape" && hide();
    document.addEventListener("focusin", show);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", hideOnEscape);
    addEventListener("scroll", hide, { passive: true });
    return () => {
      document.removeEventListener("focusin", show);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", hideOnEscape);
      removeEventListener("scroll", hide);
    };
  }, []);
  useLayoutEffect(() => {
    if (hinted && box.current) placeAt(hinted.target, box.current);
  }, [hinted]);
  if (!hinted) return null;
  return (
    <div class="row-hint" ref={box} aria-hidden="true">
      {hinted.lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}

/** Texts of titles that the page shows in short. */
function hiddenTexts(scope: Element): string[] {
  const titled = [...scope.querySelectorAll<HTMLElement>("time[title], .cut[title], .url[title]")];
  return titled.filter((element) => element.matches("time") || isCut(element)).map(wholeText);
}

function isCut(element: HTMLElement): boolean {
  const parts = [element, ...element.querySelectorAll(":scope > :not(.unseen)")];
  return parts.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
}

/** A time is told with what stands in the row for it: there may be several. */
function wholeText(element: HTMLElement): string {
  const { title, textContent: shown } = element;
  return element.matches("time") && !title.includes(shown) ? `${shown}: ${title}` : title;
}

/** Below, or above where there is no room. */
function placeAt(target: Element, box: HTMLElement): void {
  const at = target.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = at.bottom + gapPx;
  const top = below + height > innerHeight ? at.top - gapPx - height : below;
  const left = Math.max(gapPx, Math.min(at.left, innerWidth - width - gapPx));
  box.style.top = `${Math.max(gapPx, top)}px`;
  box.style.left = `${left}px`;
}
