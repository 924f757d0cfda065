import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Logo } from "../parts/frame/logo.tsx";
import { Page } from "../parts/page.tsx";
import { useAction } from "../state/action.ts";
import { query, setQuery } from "../state/address/address.ts";
import { route } from "../state/address/navigation.ts";
import { apiUrl } from "../state/api-url.ts";
import { signIn } from "../state/session.ts";
import { assertKey } from "../state/sign-in.ts";
import { type FormSubmit, submitted } from "../state/submitted.ts";

export function SignIn() {
  const { isBusy, error, run } = useAction();
  const wanted = route.value;

  const submit = (event: FormSubmit) => {
    const field = submitted(event);
    const key = field("key")
      .trim()
      .replace(/^Bearer\s+/i, "");
    run(async () => {
      await assertKey(key);
      const cacheName = field("cacheName").trim();
      signIn({ key, cacheName });
      if (wanted.screen === "start" && cacheName !== "") setQuery({ cache: cacheName });
    });
  };

  return (
    <div class="sign-in">
      <Logo />
      <Page title="Sign in">
        <p class="quiet">
          with an API key of <code>{apiUrl.value}</code>
        </p>
        <form class="card stack" onSubmit={submit}>
          <Field
            label="API key"
            hint="It stays in this browser tab, until you sign out or close it."
          >
            {(ties) => (
              <input
                {...ties}
                name="key"
                type="password"
                autocomplete="off"
                spellcheck={false}
                placeholder="hk_…"
                required
              />
            )}
          </Field>
          <Field
            label="Cache"
            hint="Optional: the name of a tenant, called cache in the API. Without it you see everything that the key covers."
          >
            {(ties) => (
              <input
                {...ties}
                name="cacheName"
                defaultValue={"cacheName" in wanted ? wanted.cacheName : (query.value.cache ?? "")}
                autocomplete="off"
                spellcheck={false}
                placeholder="orders"
              />
            )}
          </Field>
          {error !== undefined && <Failure error={error} />}
          <button type="submit" aria-busy={isBusy}>
            {isBusy ? "Signing in…" : "Sign in"}
          </button>
        </form>
      </Page>
    </div>
  );
}
