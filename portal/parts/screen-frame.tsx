import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CutText } from "../../console/parts/text/cut-text.tsx";
import { t } from "../language/language.ts";

interface ScreenFrameProps {
  title: string;
  /** Where the screen belongs, above the title. */
  up?: { readonly href: string; readonly name: string };
  /** What stands beside the title, such as a state. */
  aside?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A screen. Its heading takes the focus when it opens, so that keyboards and screen readers go on from there. */
export function ScreenFrame({ title, up, aside, actions, children }: ScreenFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    document.title = `${title} · ${t("app.title")}`;
  }, [title]);
  return (
    <>
      <header class="page-head">
        {up && (
          <nav class="trail" aria-label={t("app.trail")}>
            <a href={up.href}>
              ← <CutText text={up.name} />
            </a>
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
