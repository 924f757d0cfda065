import type { BrowserContextOptions, Page } from "playwright-core";
import type { InputOf } from "../../../client/operations.ts";
import { type ConsoleUnderTest, useConsole } from "../console-under-test.ts";

type SessionWish = Omit<InputOf<"createPortalSession">, "cacheName">;

export interface PortalUnderTest extends ConsoleUnderTest {
  /** A tab in which a customer has opened the portal. */
  openPortal(
    cacheName: string,
    session?: SessionWish,
    options?: BrowserContextOptions,
  ): Promise<Page>;
}

/** The service with its portal, a receiver and a browser, for all tests of a file. */
export function usePortal(assembly?: () => Promise<string>): PortalUnderTest {
  const hookcast = useConsole(assembly);
  return Object.assign(hookcast, {
    async openPortal(
      cacheName: string,
      session: SessionWish = {},
      options: BrowserContextOptions = {},
    ): Promise<Page> {
      const { url } = await hookcast.client.createPortalSession({ cacheName, ...session });
      if (url === null) throw new Error("there is no portal");
      const page = await hookcast.openTab(url, options);
      await page.getByRole("heading", { level: 1 }).waitFor();
      return page;
    },
  });
}

/** Shows another screen of the portal, as a link there would. */
export async function show(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
}
