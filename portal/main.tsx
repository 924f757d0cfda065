// First, before anything looks at the address.
import "./state/token.ts";

import { render } from "preact";
import { keepScroll } from "../console/state/address/scroll.ts";
import { App } from "./app.tsx";
import { connect, renew } from "./state/connect.ts";
import { listenToHost } from "./state/embedding.ts";
import { currentToken } from "./state/token.ts";

listenToHost();
keepScroll();
connect();
// A frame that was loaded anew has lost its token; the page around it gives another.
if (currentToken() === "") await renew();
render(<App />, document.getElementById("portal") ?? document.body);
