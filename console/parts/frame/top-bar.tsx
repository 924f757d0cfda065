import { route } from "../../state/address/navigation.ts";
import { hrefTo } from "../../state/address/route.ts";
import { forgetRecent } from "../../state/recent.ts";
import { session, signOut } from "../../state/session.ts";
import { Logo } from "./logo.tsx";
import { Search } from "./search.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { ZoneSwitch } from "./zone-switch.tsx";

/** The way to everything, on every screen. */
export function TopBar() {
  const cacheName = session.value?.cacheName ?? "";
  const { screen } = route.value;
  const current = (isHere: boolean) => (isHere ? "page" : undefined);
  const leave = () => {
    forgetRecent();
    signOut();
  };
  return (
    <header class="top-bar">
      <a class="home" href={hrefTo({ screen: "start" })} aria-label="Hookcast">
        <Logo />
      </a>
      <nav aria-label="Main">
        <a href={hrefTo({ screen: "start" })} aria-current={current(screen === "start")}>
          Overview
        </a>
        {cacheName !== "" && (
          <>
            <a
              href={hrefTo({ screen: "webhooks", cacheName })}
              aria-current={current(screen === "webhooks")}
            >
              Webhooks
            </a>
            <a
              href={hrefTo({ screen: "publish", cacheName })}
              aria-current={current(screen === "publish")}
            >
              Publish
            </a>
          </>
        )}
        <a
          href={hrefTo({ screen: "event types" })}
          aria-current={current(screen === "event types")}
        >
          Event types
        </a>
      </nav>
      <Search />
      <div class="top-bar-end">
        <ZoneSwitch />
        <ThemeSwitch />
        <button type="button" class="plain small" onClick={leave}>
          Sign out
        </button>
      </div>
    </header>
  );
}
