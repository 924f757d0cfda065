import { spawn } from "node:child_process";
import type { Command } from "commander";
import type { Client } from "../client/client.ts";
import { Failure } from "./output/failure.ts";
import { webhookIdOf } from "./webhook-name.ts";
import { withService } from "./with-service.ts";

export function addOpen(program: Command): void {
  program
    .command("open")
    .description(
      "Open the console's page of a webhook, a message or a cache; without one, its overview.",
    )
    .argument("[thing]", "<cache>/<webhook>, whk_…, <cache>/msg_…, or a cache")
    .option("--print", "only print the page's address")
    .action((thing: string | undefined, { print }: { print?: true }, command: Command) =>
      withService(command, async ({ client, output, consoleUrl }) => {
        if (consoleUrl === undefined) {
          const advice =
            "`hookcast profiles add <name> --url <url> --console <url> --replace` names it: the stack's output ConsoleUrl.";
          throw new Failure("usage", "this profile has no console", { advice });
        }
        const url = consoleUrl + (await pageOf(client, thing));
        output.show({ url }, url);
        if (!print && !output.isJson) openInBrowser(url);
      }),
    );
}

/** The address behind the console's own, as its routes have it. */
async function pageOf(client: Client, thing: string | undefined): Promise<string> {
  if (thing === undefined) return "#/";
  const [cacheName = "", name = ""] = thing.split("/");
  const cache = `#/caches/${encodeURIComponent(cacheName)}`;
  if (name.startsWith("msg_")) return `${cache}/messages/${encodeURIComponent(name)}`;
  if (name === "" && !thing.startsWith("whk_")) return `${cache}/webhooks`;
  return `#/webhooks/${await webhookIdOf(client, thing)}`;
}

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer" };

/** Where there is no browser, the address was printed. */
function openInBrowser(url: string): void {
  const opener = spawn(openers[process.platform] ?? "xdg-open", [url], {
    stdio: "ignore",
    detached: true,
  });
  opener.on("error", () => undefined);
  opener.unref();
}
