import { TextlintKernel } from "@textlint/kernel";
import markdown from "@textlint/textlint-plugin-markdown";
import plain from "@textlint/textlint-plugin-text";
import { rules } from "./rules.ts";
import type { Text } from "./texts.ts";

const kernel = new TextlintKernel();

/** Node and Vitest differ in what the default export of a CommonJS module is. */
function pluginOf<Plugin extends object>(module: Plugin | { default: Plugin }): Plugin {
  return "default" in module ? module.default : module;
}

/** What the rules find in a text, each with the place and the rule. */
export async function faultsIn({ path, line, value }: Text): Promise<string[]> {
  const isDocument = path.endsWith(".md");
  const { messages } = await kernel.lintText(value, {
    ext: isDocument ? ".md" : ".txt",
    plugins: [
      { pluginId: "markdown", plugin: pluginOf(markdown) },
      { pluginId: "text", plugin: pluginOf(plain) },
    ],
    rules: Object.entries(rules).map(([ruleId, rule]) => ({ ruleId, rule })),
  });
  return messages.map(
    (found) => `${path}:${line + found.line - 1} ${found.ruleId}: ${found.message}`,
  );
}
