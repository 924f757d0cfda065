import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Portal } from "./portal.jsx";

async function sessionUrl() {
  const answer = await fetch("/portal-session", { method: "POST" });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()).url;
}

createRoot(document.getElementById("webhooks")).render(
  <StrictMode>
    <h2>Your webhooks</h2>
    <Portal sessionUrl={sessionUrl} />
  </StrictMode>,
);
