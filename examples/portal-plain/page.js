import { embedPortal } from "/embed.js";

/** Asked at the start, and again whenever a session ends. */
async function sessionUrl() {
  const answer = await fetch("/portal-session", { method: "POST" });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()).url;
}

await embedPortal(document.getElementById("webhooks"), { sessionUrl });
