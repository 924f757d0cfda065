import { useEffect, useRef } from "preact/hooks";
import { t } from "../language/language.ts";
import { portal } from "../state/session.ts";

/** The session has ended, or there never was one. */
export function Over() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { returnUrl } = portal.value ?? {};
  return (
    <section class="card empty">
      <h1 ref={heading} tabIndex={-1}>
        {t("over.title")}
      </h1>
      <p>{t(portal.value ? "over.text" : "over.missing")}</p>
      {returnUrl && (
        <a class="button" href={returnUrl} target="_top" rel="noreferrer">
          {t("app.return")}
        </a>
      )}
    </section>
  );
}
