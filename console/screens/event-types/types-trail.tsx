import { hrefTo } from "../../state/address/route.ts";

/** The way back to the catalogue. */
export function TypesTrail() {
  return (
    <ol>
      <li>
        <a href={hrefTo({ screen: "event types" })}>Event types</a>
      </li>
    </ol>
  );
}
