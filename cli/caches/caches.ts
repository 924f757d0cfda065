import type { Command } from "commander";
import { collect } from "../collect.ts";
import { withService } from "../with-service.ts";

export function addCaches(program: Command): void {
  const caches = program
    .command("caches")
    .description("The caches that there are; stop a tenant, and let it go on.");
  caches
    .command("list")
    .description("The caches that the key covers and in which a webhook was put.")
    .action((_options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const found = await collect(client.listCaches({}));
        output.list(found, [{ title: "CACHE", cell: ({ cacheName }) => cacheName, cut: "middle" }]);
        if (found.length === 0) output.note("No cache: none of the key's has had a webhook.");
      }),
    );
  caches
    .command("suspend")
    .description(
      "Stop a cache: within a minute nothing is posted, published or tested. Nothing is lost. Needs a key of all caches.",
    )
    .argument("<cache>", "the cache to stop")
    .action((cacheName: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const answer = await client.suspendCache({ cacheName });
        output.show(answer, `${cacheName} is suspended; it holds everywhere within a minute`);
      }),
    );
  caches
    .command("resume")
    .description("Let a suspended cache go on; what waited goes out. Needs a key of all caches.")
    .argument("<cache>", "the cache to let go on")
    .action((cacheName: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const answer = await client.resumeCache({ cacheName });
        output.show(answer, `${cacheName} is active; what waited goes out from now on`);
      }),
    );
}
