import { render } from "preact";
import { App } from "./app.tsx";
import { keepScroll } from "./state/address/scroll.ts";
import { findApiUrl } from "./state/api-url.ts";
import { listenToKeys } from "./state/keys.ts";
import { applyTheme } from "./state/theme.ts";

applyTheme();
keepScroll();
listenToKeys();
await findApiUrl();
render(<App />, document.getElementById("console") ?? document.body);
