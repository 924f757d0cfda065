import { t } from "../language/language.ts";
import { hrefTo } from "../state/paths.ts";
import { route } from "../state/route.ts";
import type { Portal } from "../state/session.ts";

/** Whose page it is, and the way to everything. */
export function Bar({ session: { theme, returnUrl } }: { session: Portal }) {
  const { screen } = route.value;
  const isEvents = screen === "events" || screen === "event";
  const current = (isHere: boolean) => (isHere ? "page" : undefined);
  return (
    <header class="bar">
      {(theme?.logo || theme?.name) && (
        <span class="brand">
          {theme.logo && <img src={theme.logo} alt="" />}
          {theme.name && <span class="brand-name">{theme.name}</span>}
        </span>
      )}
      <nav aria-label={t("app.main")}>
        <a href={hrefTo({ screen: "endpoints" })} aria-current={current(!isEvents)}>
          {t("app.endpoints")}
        </a>
        <a href={hrefTo({ screen: "events" })} aria-current={current(isEvents)}>
          {t("app.events")}
        </a>
      </nav>
      {returnUrl && (
        <a class="return" href={returnUrl} target="_top" rel="noreferrer">
          {theme?.name ? t("app.back", { name: theme.name }) : t("app.return")}
        </a>
      )}
    </header>
  );
}
