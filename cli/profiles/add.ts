import type { Command } from "commander";
import { askForSecret } from "../ask.ts";
import { Failure } from "../output/failure.ts";
import type { Output } from "../output/output.ts";
import { shellCommand } from "../shell-command.ts";
import { outputOf } from "../with-service.ts";
import { addressOf, environmentAllowsHttp } from "./address.ts";
import { profilesPath, readProfiles, writeProfiles } from "./file.ts";

interface AddOptions {
  readonly url: string;
  readonly console?: string;
  readonly allowHttp?: true;
  readonly replace?: true;
}

export function addAdd(profiles: Command): void {
  profiles
    .command("add")
    .description(
      "Add a service. Its key is taken from HOOKCAST_KEY, else asked for, or read from stdin where that is no terminal.",
    )
    .argument("<name>", "what you call it")
    .requiredOption("--url <url>", "its address")
    .option("--console <url>", "where its console is: the stack's output ConsoleUrl")
    .option("--allow-http", "also where it is http:// and not this machine: the key goes in clear")
    .option("--replace", "take the place of the profile of this name")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { url, allowHttp, replace } = options;
      const file = readProfiles();
      assertName(name);
      if (Object.hasOwn(file.profiles, name) && !replace) {
        throw new Failure("usage", `there is a profile ${name} already: --replace replaces it`);
      }
      const address = addressOf(url, allowHttp ?? environmentAllowsHttp());
      const given = process.env.HOOKCAST_KEY || (await askForSecret(`Key for ${address}: `));
      // As it stands in a header, from where it may have been copied.
      const key = given.replace(/^Bearer\s+/i, "");
      assertKey(key);
      const current = file.current ?? name;
      const consoleUrl = options.console && addressOf(options.console, false, "--console");
      const profile = {
        ...{ url: address, key },
        ...(consoleUrl && { consoleUrl }),
        ...(allowHttp && { allowHttp }),
      };
      writeProfiles({ current, profiles: { ...file.profiles, [name]: profile } });
      const output = outputOf(command);
      output.show({ name, url: address, isCurrent: current === name }, `added ${name}`);
      const which = process.env.HOOKCAST_KEY ? "The key of HOOKCAST_KEY" : "Its key";
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
