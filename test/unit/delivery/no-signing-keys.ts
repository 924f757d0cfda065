/** No cache has a key pair, and none is asked for. */
export const noSigningKeys = {
  ensure: async () => {},
  ageing: () => [],
  learn: () => {},
  keysOf: async () => [],
};
