import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where the tests find Chromium, and why they are skipped where there is none. */
export const chromiumVariable = "HOOKCAST_TEST_CHROMIUM";
export const noChromiumVariable = "HOOKCAST_TEST_NO_CHROMIUM";

const debianPath = "/usr/bin/chromium";

/** Root may not use Chromium's sandbox, and the pages are our own; nothing may ask the network for anything. */
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env[chromiumVariable] ?? "", args });
}

/** Before the browser's tests: finds Chromium, or installs Debian's where that is possible. */
export function setup(): void {
  const { CHROMIUM_PATH } = process.env;
  const path = CHROMIUM_PATH ?? debianPath;
  if (!existsSync(path) && CHROMIUM_PATH === undefined) installChromium();
  if (existsSync(path)) process.env[chromiumVariable] = path;
  else {
    process.env[noChromiumVariable] =
      `there is no Chromium at ${path}; install it or set CHROMIUM_PATH`;
  }
}

function installChromium(): void {
  const isPossible = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (!isPossible) return;
  console.log("installing chromium with apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { stdio: "inherit", env } as const;
  try {
    execFileSync("apt-get", ["update"], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  } catch {
    console.log("chromium could not be installed");
  }
}
