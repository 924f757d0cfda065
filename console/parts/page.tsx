import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface PageProps {
  title: string;
  /** The way here, above the title. */
  trail?: ComponentChildren;
  /** What stands beside the title, such as a status. */
  aside?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/**
 * A screen. Its heading takes the focus when the screen opens, so that who uses a keyboard or a screen
 * reader goes on from there.
 */
export function Page({ title, trail, aside, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Hookcast`;
  }, [title]);
  return (
    <>
      <header class="page-head">
        {trail && (
          <nav class="trail" aria-label="Breadcrumb">
            {trail}
          </nav>
        )}
        <div class="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {aside}
          {actions && <div class="actions">{actions}</div>}
        </div>
      </header>
      {children}
    </>
  );
}
