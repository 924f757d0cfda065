import { expect, test } from "vitest";
import { authFrom } from "../../../../shared/domain/webhooks/auth-settings.ts";
import type { StoredAuth } from "../../../../shared/domain/webhooks/webhook-record.ts";

const hidden = "•••";
const newId = () => "new";
const oauth2 = {
  type: "oauth2",
  tokenUrl: "https://login.client.example/token",
  clientId: "hookcast",
} as const;
const stored = (auth: StoredAuth) => ({ auth });
const before = stored({ id: "old", ...oauth2 });

test("says nothing where the request says nothing, and null takes it away", () => {
  expect(authFrom(undefined, before, newId)).toBeUndefined();
  expect(authFrom(null, before, newId)).toEqual({ setting: undefined, secret: undefined });
});

test("a secret that is sent is another auth, whatever else stays", () => {
  expect(authFrom({ ...oauth2, clientSecret: "s" }, before, newId)).toEqual({
    setting: { id: "new", ...oauth2 },
    secret: "s",
  });
});

test("what was shown keeps everything, with the token that was given for it", () => {
  const shown = { clientSecret: hidden, ...oauth2 };
  expect(authFrom(shown, before, newId)).toEqual({ setting: before.auth, secret: undefined });
});

test("another scope keeps the secret, and no token", () => {
  const changed = { ...oauth2, scope: "hooks", clientSecret: hidden };
  expect(authFrom(changed, before, newId)).toEqual({
    setting: { id: "new", ...oauth2, scope: "hooks" },
    secret: undefined,
  });
});

test.each(["https://thief.example/token", "https://login.client.example:8443/token"])(
  "a hidden secret goes to no other server: %s",
  (tokenUrl) => {
    const sent = { ...oauth2, tokenUrl, clientSecret: hidden };
    expect(() => authFrom(sent, before, newId)).toThrow(
      "config.auth.clientSecret must be sent, since tokenUrl leads to another server",
    );
    expect(authFrom({ ...sent, clientSecret: "s" }, before, newId)?.secret).toBe("s");
  },
);

test.each([undefined, before, stored({ id: "old", type: "basic", username: "a" })])(
  "a hidden token keeps nothing of %o",
  (previous) => {
    const sent = { type: "bearer", token: hidden } as const;
    expect(() => authFrom(sent, previous, newId)).toThrow("there is no stored one to keep");
  },
);
