import type { Command } from "commander";
import { collect, integer } from "./option-values.ts";
import { withService } from "./with-service.ts";

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
  addKeys(caches);
}

function addKeys(caches: Command): void {
  caches
    .command("keys")
    .description("List the public keys that anyone can verify deliveries of a cache with.")
    .argument("<cache>", "the cache whose keys to list")
    .action((cacheName: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { keys } = await client.getPublicKeys({ cacheName });
        output.list(keys, [
          { title: "KEY", cell: ({ whpk }) => whpk, isWhole: true },
          { title: "EXPIRES", cell: ({ expiresTime }) => expiresTime ?? "never" },
        ]);
        if (keys.length === 0) output.note("No webhook of the cache has --asymmetric yes.");
      }),
    );
  caches
    .command("rotate-key")
    .description("Replace the key pair of a cache. For a while both keys sign deliveries.")
    .argument("<cache>", "the cache whose key pair to replace")
    .option(
      "--grace-hours <hours>",
      "how long the old key signs too, 0 to 168 (default: 24)",
      integer,
    )
    .action((cacheName: string, { graceHours }: { graceHours?: number }, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { keys } = await client.rotateSigningKey({ cacheName, graceHours });
        const [current, previous] = keys;
        const until = previous?.expiresTime;
        output.show(
          { keys },
          until
            ? `replaced; the old key signs too until ${until}`
            : "replaced; only the new key signs",
        );
        output.note(`The new one, for receivers: ${current?.whpk}`);
      }),
    );
}
