import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../support/process/program.ts";

const folder = join(root, "test-artifacts/console");

/** After the browser's tests: where to look. */
export function teardown(): void {
  if (existsSync(folder)) console.log(`screenshots: ${folder}`);
}

/** Keeps what the page shows, for somebody to look at after the run. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
  }
}
