import { RowHint } from "../console/parts/row-hint.tsx";
import { useLoaded } from "../console/state/loaded.ts";
import { t } from "./language/language.ts";
import { AsyncContent } from "./parts/async-content.tsx";
import { Bar } from "./parts/bar.tsx";
import { Screen } from "./screen.tsx";
import { Over } from "./screens/over.tsx";
import { isOver } from "./state/connect.ts";
import { hrefTo } from "./state/paths.ts";
import { route } from "./state/route.ts";
import { openSession, portal } from "./state/session.ts";
import { currentToken } from "./state/token.ts";

export function App() {
  if (currentToken() === "" || isOver.value) {
    return (
      <main class="content">
        <Over />
      </main>
    );
  }
  return <Session />;
}

function Session() {
  const loaded = useLoaded("session", async () => {
    await openSession();
    return true;
  });
  const skip = () => document.querySelector<HTMLElement>("main")?.focus();
  return (
    <>
      {portal.value && (
        <>
          <button type="button" class="skip-link" onClick={skip}>
            {t("app.skip")}
          </button>
          <Bar session={portal.value} />
        </>
      )}
      <main id="main" class="content" tabIndex={-1}>
        <AsyncContent loaded={loaded}>
          {/* A new address is a new screen, which begins at its heading. */}
          {() => <Screen key={hrefTo(route.value)} route={route.value} />}
        </AsyncContent>
      </main>
      <RowHint />
    </>
  );
}
