export interface EmbedOptions {
  /** Has your server create a portal session, and gives the `url` of what it answers. */
  readonly sessionUrl: () => Promise<string>;
  /** What screen readers call the frame. */
  readonly title?: string;
}

/** Puts the portal into an element; gives what takes it out again. */
export async function embedPortal(
  element: HTMLElement,
  { sessionUrl, title = "Webhooks" }: EmbedOptions,
): Promise<() => void> {
  let unused: URL | undefined = new URL(await sessionUrl());
  const { origin, pathname } = unused;
  const frame = document.createElement("iframe");
  const tell = (message: object) => frame.contentWindow?.postMessage(message, origin);
  const listen = async ({ source, origin: from, data }: MessageEvent) => {
    if (source !== frame.contentWindow || from !== origin) return;
    if (data?.type === "hookcast:height") frame.style.height = `${Number(data.height)}px`;
    if (data?.type !== "hookcast:renew") return;
    const url = unused ?? new URL(await sessionUrl());
    unused = undefined;
    tell({ type: "hookcast:token", token: new URLSearchParams(url.hash.slice(1)).get("token") });
  };
  addEventListener("message", listen);
  frame.addEventListener("load", () => tell({ type: "hookcast:hello" }));
  // Without the token, which then stands in no document either.
  Object.assign(frame, { title, src: origin + pathname, allow: "clipboard-write" });
  Object.assign(frame.style, { width: "100%", height: "40rem", border: "0" });
  element.append(frame);
  return () => {
    removeEventListener("message", listen);
    frame.remove();
  };
}
