import { type Command, InvalidArgumentError, Option } from "commander";
import { portalPermissions } from "../shared/contract/permission.ts";
import { each, positiveInteger } from "./option-values.ts";
import { Failure } from "./output/failure.ts";
import { shellCommand } from "./shell-command.ts";
import { withService } from "./with-service.ts";

interface LinkOptions {
  readonly permission?: (typeof portalPermissions)[number][];
  readonly topic?: string[];
  readonly minutes?: number;
  readonly locale?: string;
}

export function addPortal(program: Command): void {
  const portal = program
    .command("portal")
    .description("Let a customer into the portal of a cache, and end that again.");
  portal
    .command("link")
    .description(
      "Print a link to the portal of a cache. It lets anyone in until it ends, so give it to that customer only.",
    )
    .argument("<cache>", "the customer's cache")
    .addOption(
      new Option(
        "--permission <name>",
        "what the customer may do: read, manage, resend or secret; repeat it for more (default: read and manage)",
      ).argParser(each(permission)),
    )
    .option("--topic <name>", "only this topic; repeat it for more", each(String))
    .option("--minutes <count>", "how long, 5 to 1440 (default: 60)", positiveInteger)
    .option("--locale <tag>", "the language of the page, such as de")
    .action((cacheName: string, options: LinkOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { permission: permissions, topic: topics, minutes, locale } = options;
        const expiresInSeconds = minutes && minutes * 60;
        const wish = { permissions, topics, expiresInSeconds, locale };
        const session = await client.createPortalSession({ cacheName, ...wish });
        const { url, sessionId, expiresTime } = session;
        if (url === null && !output.isJson) {
          const advice = "Deploy with the setting console, which the portal is beside.";
          throw new Failure("refused", "this deployment has no portal page", { advice });
        }
        output.show(session, url ?? "");
        const end = shellCommand("portal end", [cacheName, sessionId]);
        output.note(`It ends at ${expiresTime}, or with: ${end}`);
      }),
    );
  portal
    .command("end")
    .description("End a portal session. It may last until the gateway forgets it, about a minute.")
    .argument("<cache>", "the customer's cache")
    .argument("<session>", "the session, ses_…")
    .action((cacheName: string, sessionId: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        await client.deletePortalSession({ cacheName, sessionId });
        output.show({ sessionId }, `${sessionId} is ended`);
      }),
    );
}

function permission(text: string): (typeof portalPermissions)[number] {
  const known = portalPermissions.find((name) => name === text);
  if (known) return known;
  throw new InvalidArgumentError(`It must be one of ${portalPermissions.join(", ")}.`);
}
