import type { Command } from "commander";
import { askForSecret } from "../input.ts";
import { Failure } from "../output/failure.ts";
import type { Output } from "../output/output.ts";
import { shellCommand } from "../shell-command.ts";
import { outputOf } from "../with-service.ts";
import { addressOf, environmentAllowsHttp } from "./address.ts";
import { profilesPath, readProfiles, withoutScheme, writeProfiles } from "./file.ts";

interface AddOptions {
  readonly url: string;
  readonly publishUrl?: string;
  readonly console?: string;
  readonly allowHttp?: true;
  readonly replace?: true;
}

export function addAdd(profiles: Command): void {
  profiles
    .command("add")
    .description(
      "Add a service. The key comes from HOOKCAST_KEY, from stdin if that is not a terminal, or " +
        "from a prompt.",
    )
    .argument("<name>", "a name of your choice")
    .requiredOption("--url <url>", "its address")
    .option("--publish-url <url>", "where to publish instead: the stack's output PublishUrl")
    .option("--console <url>", "the address of its console: the stack's output ConsoleUrl")
    .option("--allow-http", "allow http:// to another machine, which sends the key unencrypted")
    .option("--replace", "replace the profile of this name")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { url, allowHttp, replace } = options;
      const file = readProfiles();
      assertName(name);
      if (Object.hasOwn(file.profiles, name) && !replace) {
        throw new Failure("usage", `there is a profile ${name} already: --replace replaces it`);
      }
      const address = addressOf(url, allowHttp ?? environmentAllowsHttp());
      const given = process.env.HOOKCAST_KEY || (await askForSecret(`Key for ${address}: `));
      const key = withoutScheme(given);
      assertKey(key);
      const current = file.current ?? name;
      const consoleUrl = options.console && addressOf(options.console, false, "--console");
      const publishUrl =
        options.publishUrl &&
        addressOf(options.publishUrl, allowHttp ?? environmentAllowsHttp(), "--publish-url");
      const profile = {
        ...{ url: address, key },
        ...(publishUrl && { publishUrl }),
        ...(consoleUrl && { consoleUrl }),
        ...(allowHttp && { allowHttp }),
      };
      writeProfiles({ current, profiles: { ...file.profiles, [name]: profile } });
      const output = outputOf(command);
      output.show({ name, url: address, isCurrent: current === name }, `added ${name}`);
      const which = process.env.HOOKCAST_KEY ? "The key from HOOKCAST_KEY" : "Its key";
      output.note(`${which} is in ${profilesPath()}, which only you may read.`);
      if (current !== name)
        output.note(`In use is ${current}: ${shellCommand("profiles use", [name])}`);
      await warnOfSilence(address, output);
    });
}

function assertName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]*$/.test(name)) return;
  throw new Failure("usage", "a profile's name is made of letters, digits, dots, - and _");
}

function assertKey(key: string): void {
  if (/^hk_[\x21-\x7e]+$/.test(key)) return;
  throw new Failure("usage", "that is not a key: hk_… , copied whole");
}

const patienceMs = 5_000;

/** An address that is mistyped is told now, and not at the first command; it is kept, for the service may be down. */
async function warnOfSilence(address: string, output: Output): Promise<void> {
  try {
    const answer = await fetch(`${address}/api/v1/openapi.json`, {
      ...{ method: "GET", redirect: "manual", signal: AbortSignal.timeout(patienceMs) },
    });
    await answer.body?.cancel();
    if (!answer.ok) output.note(`There is no Hookcast at ${address}: it answers ${answer.status}.`);
  } catch {
    output.note(`Nothing answers at ${address}: is the address right?`);
  }
}
