import { invalidArgument } from "../app-error.ts";
import { mask } from "./masking.ts";

/** What a webhook has from now on in a setting with a secret: no secret where the stored one stays. */
export interface SecretChange<Stored> {
  readonly setting: Stored | undefined;
  readonly secret: string | undefined;
}

/** A setting as a request sends it, apart from its secret. */
export interface SentSetting<Stored> {
  readonly setting: Stored;
  readonly secret: string;
  /** Of the secret in the request. */
  readonly path: string;
}

/**
 * What a request makes of a setting with a secret; undefined where it says nothing. A secret that was hidden stays, if
 * there is one, and if the setting may keep it. What was shown keeps its identity too, and with it whatever was made
 * under it: tokens, connections.
 *
 * @param assertMayKeep throws where a secret of the stored setting must not go with the new one.
 */
export function secretChange<Sent, Stored extends { readonly id: string }>(
  sent: Sent | null | undefined,
  before: Stored | undefined,
  read: (sent: Sent) => SentSetting<Stored>,
  assertMayKeep: (before: Stored, next: Stored) => void,
): SecretChange<Stored> | undefined {
  if (sent === undefined) return undefined;
  if (sent === null) return { setting: undefined, secret: undefined };
  const { setting, secret, path } = read(sent);
  if (secret !== mask) return { setting, secret };
  if (!before) throw invalidArgument(path, `is ${mask}, and there is no stored one to keep`);
  assertMayKeep(before, setting);
  return { setting: isSame(before, setting) ? before : setting, secret: undefined };
}

function isSame(before: { readonly id: string }, next: { readonly id: string }): boolean {
  return settingsIn(before) === settingsIn(next);
}

function settingsIn({ id: _own, ...settings }: { readonly id: string }): string {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return JSON.stringify(given.sort());
}
