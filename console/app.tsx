import { useSignalEffect } from "@preact/signals";
import { Announcer } from "./parts/frame/announcer.tsx";
import { KeyHelp } from "./parts/frame/key-help.tsx";
import { SkipLink } from "./parts/frame/skip-link.tsx";
import { TopBar } from "./parts/frame/top-bar.tsx";
import { RowHint } from "./parts/row-hint.tsx";
import { Screen } from "./screen.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import { route } from "./state/address/navigation.ts";
import { hrefTo } from "./state/address/route.ts";
import { rememberCache, session } from "./state/session.ts";

export function App() {
  useSignalEffect(() => {
    if ("cacheName" in route.value) rememberCache(route.value.cacheName);
  });
  if (!session.value) {
    return (
      <main>
        <SignIn />
      </main>
    );
  }
  return (
    <>
      <SkipLink />
      <TopBar />
      <main id="main" class="content" tabIndex={-1}>
        {/* A new address is a new screen, which begins at its heading. */}
        <Screen key={hrefTo(route.value)} route={route.value} />
      </main>
      <KeyHelp />
      <Announcer />
      <RowHint />
    </>
  );
}
