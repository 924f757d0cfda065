import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Field } from "../../parts/field.tsx";

const types = {
  none: "None",
  basic: "User and password",
  bearer: "Bearer token",
  oauth2: "OAuth 2.0 client credentials",
} as const;

/** What authorizes deliveries at their receiver. Its secret is never shown, and stays unless one is typed. */
export function AuthOptions({ webhook }: { webhook: Webhook | undefined }) {
  const auth = webhook?.config.auth;
  const oauth2 = auth?.type === "oauth2" ? auth : undefined;
  const user = auth?.type === "basic" ? auth.username : oauth2?.clientId;
  return (
    <>
      <div class="pair">
        <Field label="Authorization" hint="What the receiver asks of who posts to it.">
          {(ties) => (
            <select {...ties} name="authType">
              {Object.entries(types).map(([type, text]) => (
                <option key={type} value={type} selected={type === (auth?.type ?? "none")}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="User or client id (optional)" hint="Not needed for a bearer token.">
          {(ties) => (
            <input {...ties} name="authUser" defaultValue={user ?? ""} autocomplete="off" />
          )}
        </Field>
      </div>
      <div class="pair">
        <Field
          label="Password, token or client secret (optional)"
          hint={`Never shown again. Empty: ${auth ? "no change" : "none"}.`}
        >
          {(ties) => (
            <input
              {...ties}
              name="authSecret"
              type="password"
              autocomplete="new-password"
              spellcheck={false}
            />
          )}
        </Field>
        <Field label="Token server (optional)" hint="For OAuth 2.0: the address that gives tokens.">
          {(ties) => (
            <input
              {...ties}
              name="authTokenUrl"
              defaultValue={oauth2?.tokenUrl ?? ""}
              inputMode="url"
              autocomplete="off"
              spellcheck={false}
            />
          )}
        </Field>
      </div>
      <div class="pair">
        <Field label="Scope (optional)" hint="For OAuth 2.0.">
          {(ties) => (
            <input
              {...ties}
              name="authScope"
              defaultValue={oauth2?.scope ?? ""}
              autocomplete="off"
            />
          )}
        </Field>
        <Field label="Audience (optional)" hint="For OAuth 2.0, where the server has several.">
          {(ties) => (
            <input
              {...ties}
              name="authAudience"
              defaultValue={oauth2?.audience ?? ""}
              autocomplete="off"
            />
          )}
        </Field>
      </div>
      <Field label="Client credentials" hint="For OAuth 2.0: how the token server gets them.">
        {(ties) => (
          <select {...ties} name="authClient">
            <option value="basic">In a header</option>
            <option value="post" selected={oauth2?.clientAuthentication === "post"}>
              In the body
            </option>
          </select>
        )}
      </Field>
    </>
  );
}
