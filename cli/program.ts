import { Command, Option } from "commander";
import project from "../package.json" with { type: "json" };
import { addAddresses } from "./addresses.ts";
import { addCaches } from "./caches.ts";
import { addCompletion } from "./completion/completion.ts";
import { addDeliveries } from "./deliveries/deliveries.ts";
import { addEventTypes } from "./event-types/event-types.ts";
import { addFilters } from "./filters.ts";
import { addExamples, exitCodesText, helpLooks } from "./help/help.ts";
import { addListen } from "./listen/listen.ts";
import { addMcp } from "./mcp/mcp.ts";
import { addMessages } from "./messages/messages.ts";
import { addOpen } from "./open.ts";
import { colorChoices, usesColor } from "./output/paint.ts";
import { addPortal } from "./portal.ts";
import { addProfiles } from "./profiles/profiles.ts";
import { addPublish } from "./publish/publish.ts";
import { addTrigger } from "./publish/trigger.ts";
import { addStart } from "./start.ts";
import { addStats } from "./stats/stats.ts";
import { addStatus } from "./stats/status.ts";
import { addVerify } from "./verify.ts";
import { addWebhooks } from "./webhooks/webhooks.ts";

/** Every command, with its arguments, options and help. */
export function createProgram(): Command {
  const program: Command = new Command("hookcast")
    .description("Manage webhooks, publish messages, and follow and repair deliveries.")
    .version(project.version, "--version", "print the version")
    .option("--profile <name>", "the profile to use instead of the current one")
    .option("--json", "print JSON, one document on each line, also for errors")
    .addOption(
      new Option(
        "--color <when>",
        "when to use colours; auto: on a terminal, unless NO_COLOR is set",
      )
        .choices(colorChoices)
        .default("auto"),
    )
    .addOption(new Option("--no-color", "the same as --color never").hideHelp())
    .helpOption("-h, --help", "show what a command does, with its arguments and options")
    .helpCommand("help [command]", "Show what a command does, with its arguments and options.")
    .configureHelp(helpLooks)
    .configureOutput({
      // What goes wrong is told in one place: report.ts.
      outputError: () => undefined,
      getOutHasColors: () => usesColor(process.stdout, program.opts().color),
      getErrHasColors: () => usesColor(process.stderr, program.opts().color),
    })
    .exitOverride();
  addStart(program);
  addProfiles(program);
  addCaches(program);
  addPortal(program);
  addStatus(program);
  addWebhooks(program);
  addEventTypes(program);
  addPublish(program);
  addTrigger(program);
  addMessages(program);
  addFilters(program);
  addDeliveries(program);
  addStats(program);
  addOpen(program);
  addVerify(program);
  addAddresses(program);
  addListen(program);
  addMcp(program);
  addCompletion(program);
  addExamples(program);
  program.addHelpText("after", exitCodesText);
  return program;
}
