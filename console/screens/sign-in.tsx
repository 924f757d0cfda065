import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Logo } from "../parts/logo.tsx";
import { Page } from "../parts/page.tsx";
import { useAction } from "../state/action.ts";
import { apiUrl } from "../state/api-url.ts";
import { goTo, route } from "../state/navigation.ts";
import { signIn } from "../state/session.ts";
import { assertKey } from "../state/sign-in.ts";
import { type FormSubmit, submitted } from "../state/submitted.ts";

export function SignIn() {
  const { isBusy, error, run } = useAction();
  const wanted = route.value;

  const submit = (event: FormSubmit) => {
    const field = submitted(event);
    const key = field("key").trim();
    const cacheName = field("cacheName");
    run(async () => {
      await assertKey(key, cacheName);
      signIn({ key, cacheName });
      if (wanted.screen === "start") goTo({ screen: "webhooks", cacheName });
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
            hint="The namespace whose webhooks you want to see. You can look at another one later."
          >
            {(ties) => (
              <input
                {...ties}
                name="cacheName"
                defaultValue={"cacheName" in wanted ? wanted.cacheName : ""}
                autocomplete="off"
                spellcheck={false}
                placeholder="orders"
                required
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
