import { embedPortal } from "@hookcast/client/embed";
import { useEffect, useRef } from "react";

/** A customer's webhooks; `sessionUrl` asks your server for a session, and must stay the same function. */
export function Portal({ sessionUrl }) {
  const place = useRef(null);
  useEffect(() => {
    const mounted = embedPortal(place.current, { sessionUrl });
    return () => {
      mounted.then((remove) => remove());
    };
  }, [sessionUrl]);
  return <div ref={place} />;
}
