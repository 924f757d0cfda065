import { render } from "preact";
import { App } from "./app.tsx";
import { findApiUrl } from "./state/api-url.ts";
import { applyTheme } from "./state/theme.ts";

applyTheme();
await findApiUrl();
render(<App />, document.getElementById("console") ?? document.body);
