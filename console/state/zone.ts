import { signal } from "@preact/signals";

export const zones = ["local", "UTC"] as const;
export type Zone = (typeof zones)[number];

const place = "hookcast.zone";

/** In which zone times are told; it outlives the session, for it is no secret. */
export const zone = signal<Zone>(localStorage.getItem(place) === "UTC" ? "UTC" : "local");

export function chooseZone(chosen: Zone): void {
  localStorage.setItem(place, chosen);
  zone.value = chosen;
}
