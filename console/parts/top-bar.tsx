import { route } from "../state/navigation.ts";
import { hrefTo } from "../state/route.ts";
import { session, signOut } from "../state/session.ts";
import { CacheSwitch } from "./cache-switch.tsx";
import { Logo } from "./logo.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** The way to everything, on every screen. */
export function TopBar() {
  const cacheName = session.value?.cacheName ?? "";
  const { screen } = route.value;
  const isListing = screen === "webhooks" || screen === "start";
  const current = (isHere: boolean) => (isHere ? "page" : undefined);
  return (
    <header class="top-bar">
      <a
        class="home"
        href={hrefTo({ screen: "webhooks", cacheName })}
        aria-label="Hookcast, all webhooks"
      >
        <Logo />
      </a>
      <CacheSwitch cacheName={cacheName} />
      <nav aria-label="Main">
        <a href={hrefTo({ screen: "webhooks", cacheName })} aria-current={current(isListing)}>
          Webhooks
        </a>
        <a
          href={hrefTo({ screen: "publish", cacheName })}
          aria-current={current(screen === "publish")}
        >
          Publish
        </a>
      </nav>
      <div class="top-bar-end">
        <ThemeSwitch />
        <button type="button" class="plain" onClick={signOut}>
          Sign out
        </button>
      </div>
    </header>
  );
}
