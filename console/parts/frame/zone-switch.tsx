import { now } from "../../state/now.ts";
import { zoneText } from "../../state/time-text.ts";
import { chooseZone, zone, zones } from "../../state/zone.ts";

/** In which zone times are told: said once, here. */
export function ZoneSwitch() {
  const choose = (value: string) => {
    const chosen = zones.find((name) => name === value);
    if (chosen) chooseZone(chosen);
  };
  return (
    <label>
      <span class="unseen">Time zone</span>
      <select value={zone.value} onChange={(event) => choose(event.currentTarget.value)}>
        {zones.map((name) => (
          <option key={name} value={name}>
            {name === "local" ? `Local (${zoneText(now.value, "local")})` : name}
          </option>
        ))}
      </select>
    </label>
  );
}
