import {
  type RotatedKeys,
  rotateSigningKey as route,
} from "../../../shared/contract/operations/webhooks/rotate-signing-key.ts";
import { presentKeys } from "../../../shared/domain/webhooks/present-keys.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openSigningKeyStore,
  type SigningKeyStore,
} from "../../../shared/store/secrets/signing-keys.ts";
import { openVault } from "../../../shared/store/secrets/vault.ts";
import { retryOnConflict } from "../../../shared/store/table/table.ts";

interface Deps {
  readonly signingKeys: Pick<SigningKeyStore, "rotate">;
  readonly now: () => number;
}

const defaultGraceHours = 24;

export async function rotateSigningKey(
  { params: { cacheName }, body }: Input<typeof route>,
  { signingKeys, now }: Deps,
): Promise<RotatedKeys> {
  const nowMs = now();
  const untilMs = nowMs + (body?.graceHours ?? defaultGraceHours) * 3_600_000;
  const rotated = await retryOnConflict(() => signingKeys.rotate(cacheName, nowMs, untilMs));
  return presentKeys(rotated, nowMs);
}

export const handler = endpoint(route, rotateSigningKey, () => ({
  signingKeys: openSigningKeyStore(openVault()),
  now: Date.now,
}));
