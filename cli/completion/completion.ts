import { Argument, type Command } from "commander";
import { helpSection } from "../help/help.ts";
import { type Place, placesOf } from "./places.ts";
import { bashCompletion, fishCompletion, zshCompletion } from "./scripts.ts";

const scripts = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} satisfies Record<string, (places: readonly Place[]) => string>;

const places = [
  "bash  ~/.local/share/bash-completion/completions/hookcast;",
  "      without the package bash-completion, evaluate it in ~/.bashrc",
  "zsh   _hookcast, in a folder of fpath",
  "fish  ~/.config/fish/completions/hookcast.fish",
];

export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description("Print a script that completes this program's commands and options in a shell.")
    .addArgument(new Argument("<shell>", "your shell").choices(Object.keys(scripts)))
    .addHelpText("after", () => helpSection("Where it goes", places))
    .action((shell: keyof typeof scripts) => {
      process.stdout.write(scripts[shell](placesOf(program)));
    });
}
