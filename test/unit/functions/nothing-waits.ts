import { noSigningKeys } from "../delivery/no-signing-keys.ts";

/** Of a webhook that is well and has nothing waiting: a repair of it changes nothing. */
export const nothingWaits = {
  healths: { find: async () => undefined, change: async () => true },
  retries: { sendBreakerTimer: async () => {} },
  heads: { retrying: async () => ({ messageIds: [], rest: null }) },
  signingKeys: noSigningKeys,
};

/** Nothing holds a delivery of it back either. */
export const nothingHolds = {
  suspensions: { has: async () => false },
  healths: nothingWaits.healths,
  rateSlots: { find: async () => undefined },
};
