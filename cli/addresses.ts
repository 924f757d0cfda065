import type { Command } from "commander";
import { withService } from "./with-service.ts";

export function addAddresses(program: Command): void {
  program
    .command("addresses")
    .description("List the IP addresses of deliveries, for a receiver's firewall.")
    .action((_options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const answer = await client.getEgressAddresses({});
        output.show(answer, answer.addresses.join("\n") || notFixed);
      }),
    );
}

const notFixed =
  "Deliveries come from addresses that change. The setting staticAddresses gives them fixed ones.";
