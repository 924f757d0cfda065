import type { Command, Help, Option } from "commander";

interface Offer {
  readonly word: string;
  readonly description: string;
}

interface OfferedOption extends Offer {
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Where a command line can stand, and what may follow there. */
export interface Place {
  /** The commands so far, without the program's name: `webhooks put`; empty at the beginning. */
  readonly path: string;
  readonly commands: readonly Offer[];
  /** What an argument may be, where only few things are. */
  readonly choices: readonly string[];
  readonly options: readonly OfferedOption[];
}

/** Every place of a program, out of what its help is made of. */
export function placesOf(program: Command): Place[] {
  const help = program.createHelp();
  const ofAll = help.visibleOptions(program).map(offerOf);
  const walk = (command: Command, path: string): Place[] => [
    {
      path,
      commands: command.commands.map((sub) => ({
        word: sub.name(),
        description: sub.description(),
      })),
      choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
      options: optionsOf(help, command, ofAll),
    },
    ...command.commands.flatMap((sub) => walk(sub, `${path} ${sub.name()}`.trim())),
  ];
  return walk(program, "");
}

function optionsOf(help: Help, command: Command, ofAll: readonly OfferedOption[]): OfferedOption[] {
  const own = help.visibleOptions(command).map(offerOf);
  const isOwn = ({ word }: OfferedOption) => own.some((option) => option.word === word);
  return [...own, ...ofAll.filter((option) => !isOwn(option))];
}

function offerOf({ long, description, required, optional, argChoices }: Option): OfferedOption {
  const takesValue = required || optional;
  return { word: long ?? "", description, takesValue, choices: argChoices ?? [] };
}
