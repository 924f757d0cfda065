/** Suspensions as a function sees them: of these caches, and of no other. */
export function suspensionsOf(...caches: string[]) {
  return { has: async (cacheName: string) => caches.includes(cacheName) };
}
