import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { Field } from "../../parts/field.tsx";

const types = {
  none: "None",
  basic: "User and password",
  bearer: "Bearer token",
  oauth2: "OAuth 2.0 client credentials",
} as const;

type AuthType = keyof typeof types;

/** What authorizes deliveries at their receiver: its kind, and what that kind needs. */
export function AuthOptions({ webhook }: { webhook: Webhook | undefined }) {
  const auth = webhook?.config.auth;
  const stored: AuthType = auth?.type ?? "none";
  const [type, setType] = useState<AuthType>(stored);
  const oauth2 = auth?.type === "oauth2" ? auth : undefined;
  const user = auth?.type === "basic" ? auth.username : oauth2?.clientId;
  const isStored = type === stored;
  return (
    <>
      <Field label="Authorization" hint="What the receiver asks of who posts to it.">
        {(ties) => (
          <select
            {...ties}
            name="authType"
            value={type}
            onChange={({ currentTarget }) => setType(typeOf(currentTarget.value))}
          >
            {Object.entries(types).map(([each, text]) => (
              <option key={each} value={each}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      {type === "basic" && (
        <Pair>
          <Text label="User" name="authUser" value={user} />
          <Secret label="Password" isStored={isStored} />
        </Pair>
      )}
      {type === "bearer" && <Secret label="Token" isStored={isStored} />}
      {type === "oauth2" && (
        <>
          <Text
            label="Token server"
            hint="The address that gives tokens."
            name="authTokenUrl"
            value={oauth2?.tokenUrl}
          />
          <Pair>
            <Text label="Client id" name="authUser" value={user} />
            <Secret label="Client secret" isStored={isStored} />
          </Pair>
          <Pair>
            <Text label="Scope (optional)" name="authScope" value={oauth2?.scope} />
            <Text
              label="Audience (optional)"
              hint="Where the server has several."
              name="authAudience"
              value={oauth2?.audience}
            />
          </Pair>
          <Field label="Client credentials" hint="How the token server gets them.">
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
      )}
    </>
  );
}

/** By what deliveries identify themselves in the TLS handshake. */
export function CertificateOptions({ webhook }: { webhook: Webhook | undefined }) {
  const stored = webhook?.config.clientCertificate;
  return (
    <details open={stored !== undefined}>
      <summary>Client certificate (optional)</summary>
      <Pem
        label="Certificate"
        hint="PEM, with its chain. To remove it, empty all three fields."
        name="certificatePem"
        value={stored?.certificatePem}
      />
      <Pem
        label="Private key"
        hint={`PEM, without a passphrase. Never shown again.${stored ? " Empty: no change." : ""}`}
        name="privateKeyPem"
        value={undefined}
      />
      <Pem
        label="Authorities of the receiver"
        hint="PEM. Empty: the public ones."
        name="caPem"
        value={stored?.caPem}
      />
    </details>
  );
}

function Pem({ label, hint, name, value }: TextProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ties) => (
        <textarea
          {...ties}
          name={name}
          rows={3}
          defaultValue={value ?? ""}
          autocomplete="off"
          spellcheck={false}
        />
      )}
    </Field>
  );
}

function typeOf(value: string): AuthType {
  return Object.hasOwn(types, value) ? (value as AuthType) : "none"; // hasOwn does not narrow
}

function Pair({ children }: { children: ComponentChildren }) {
  return <div class="pair">{children}</div>;
}

interface TextProps {
  label: string;
  hint?: string;
  name: string;
  value: string | undefined;
}

function Text({ label, hint, name, value }: TextProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ties) => (
        <input
          {...ties}
          name={name}
          defaultValue={value ?? ""}
          autocomplete="off"
          spellcheck={false}
        />
      )}
    </Field>
  );
}

/** Is never shown, and stays unless another is typed. */
function Secret({ label, isStored }: { label: string; isStored: boolean }) {
  return (
    <Field label={label} hint={`Never shown again.${isStored ? " Empty: no change." : ""}`}>
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
  );
}
