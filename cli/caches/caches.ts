import type { Command } from "commander";
import { collect } from "../collect.ts";
import { withService } from "../with-service.ts";

export function addCaches(program: Command): void {
  const caches = program
    .command("caches")
    .description("List tenants (called caches in the API), stop one, and resume it.");
  caches
    .command("list")
    .description("List the caches of the key in which a webhook was put. A cache is a tenant.")
    .action((_options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const found = await collect(client.listCaches({}));
        output.list(found, [{ title: "CACHE", cell: ({ cacheName }) => cacheName, cut: "middle" }]);
        if (found.length === 0)
          output.note("There is no cache with a webhook that this key covers.");
      }),
    );
  caches
    .command("suspend")
    .description(
      "Stop a cache: within a minute nothing is posted, published or tested. Nothing is lost. " +
        "Needs a key for all caches.",
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
    .description("Resume a suspended cache and send what waited. Needs a key for all caches.")
    .argument("<cache>", "the cache to resume")
    .action((cacheName: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const answer = await client.resumeCache({ cacheName });
        output.show(answer, `${cacheName} is active; what waited is sent from now on`);
      }),
    );
}
