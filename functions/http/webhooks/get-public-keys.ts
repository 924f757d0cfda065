import {
  type PublicKeys,
  getPublicKeys as route,
} from "../../../shared/contract/operations/webhooks/get-public-keys.ts";
import { presentKeys } from "../../../shared/domain/webhooks/present-keys.ts";
import { ApiResponse } from "../../../shared/runtime/api-response.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  openSigningKeyReader,
  type SigningKeyReader,
} from "../../../shared/store/secrets/signing-keys.ts";

interface Deps {
  readonly signingKeys: SigningKeyReader;
  readonly now: () => number;
}

/** Public, so that anybody's cache may keep them for as long as a rotation takes to reach every function. */
const headers = { "cache-control": "public, max-age=60" };

export async function getPublicKeys(
  { params }: Input<typeof route>,
  { signingKeys, now }: Deps,
): Promise<ApiResponse<PublicKeys>> {
  const record = await signingKeys.find(params.cacheName);
  return new ApiResponse(presentKeys(record, now()), { headers });
}

export const handler = endpoint(route, getPublicKeys, () => ({
  signingKeys: openSigningKeyReader(),
  now: Date.now,
}));
