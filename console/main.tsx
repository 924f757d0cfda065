import { effect } from "@preact/signals";
import { render } from "preact";
import { createClient } from "../client/create-client.ts";
import { App } from "./app.tsx";
import { keepScroll } from "./state/address/scroll.ts";
import { apiUrl, findApiUrl } from "./state/api-url.ts";
import { connection } from "./state/hookcast.ts";
import { listenToKeys } from "./state/keys.ts";
import { session } from "./state/session.ts";
import { applyTheme } from "./state/theme.ts";

applyTheme();
keepScroll();
listenToKeys();
await findApiUrl();
effect(() => {
  const key = session.value?.key;
  connection.value = key === undefined ? undefined : createClient({ url: apiUrl.value, key });
});
render(<App />, document.getElementById("console") ?? document.body);
