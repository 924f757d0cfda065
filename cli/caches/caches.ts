import type { Command } from "commander";
import { withService } from "../with-service.ts";

export function addCaches(program: Command): void {
  const caches = program
    .command("caches")
    .description("Stop a tenant, and let it go on. Needs a key of all caches.");
  caches
    .command("suspend")
    .description(
      "Stop a cache: within a minute nothing is posted, published or tested. Nothing is lost.",
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
    .description("Let a suspended cache go on; what waited goes out.")
    .argument("<cache>", "the cache to let go on")
    .action((cacheName: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const answer = await client.resumeCache({ cacheName });
        output.show(answer, `${cacheName} is active; what waited goes out from now on`);
      }),
    );
}
