import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { announce, announcement } from "../../state/announcement.ts";
import { putAside } from "./free-place.ts";

/** Tells results where everybody notices them and nothing is covered, until somebody has enough or goes on. */
export function Announcer() {
  const text = announcement.value;
  const toast = useRef<HTMLDivElement>(null);
  const place = () => {
    if (toast.current && announcement.peek() !== "") putAside(toast.current);
  };
  // With every rendering: what the result has changed on the screen is there by then.
  useLayoutEffect(place);
  useEffect(() => {
    if (text === "") return undefined;
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    addEventListener("scroll", place, { passive: true });
    return () => {
      observer.disconnect();
      removeEventListener("scroll", place);
    };
  }, [text]);
  return (
    <div class="announcer" ref={toast}>
      <div role="status">{text && <p class="toast">{text}</p>}</div>
      {text && (
        <button type="button" class="plain small" onClick={() => announce("")}>
          Dismiss
        </button>
      )}
    </div>
  );
}
