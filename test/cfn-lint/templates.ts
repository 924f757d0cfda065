import type { Settings } from "../../infra/settings/settings.ts";
import { otherSettings } from "../infra/settings/other-settings.ts";
import { synthesize } from "../infra/synthesize.ts";

export interface LintedTemplate {
  readonly name: string;
  readonly settings: Partial<Settings>;
  readonly template: object;
}

/** Without their parts, others' settings would change nothing. */
const takesParts = ["metrics", "alarms", "removalPolicy", "dataKeyArn", "paused"];

/** The default template, and as few more as it takes for each setting to be once as it is not by default. */
export function templatesToLint(): LintedTemplate[] {
  const bundles: Partial<Settings>[] = [];
  for (const takes of [false, true]) {
    const before = bundles.length;
    for (const [name, settings] of Object.entries(otherSettings)) {
      if (takesParts.includes(name) !== takes) continue;
      const fitting = bundles.slice(before).find((bundle) => fitsInto(bundle, settings));
      if (fitting) Object.assign(fitting, settings);
      else bundles.push({ ...settings });
    }
  }
  return [{}, ...bundles].map((settings) => ({
    name: Object.keys(settings).join(" ") || "default",
    settings,
    template: synthesize({ ...settings }).template.toJSON(),
  }));
}

function fitsInto(bundle: Partial<Settings>, settings: Partial<Settings>): boolean {
  // A network is made or given, not both.
  if (bundle.staticAddresses !== undefined && settings.vpc !== undefined) return false;
  const given = new Map<string, unknown>(Object.entries(bundle));
  return Object.entries(settings).every(
    ([name, value]) =>
      !given.has(name) || JSON.stringify(given.get(name)) === JSON.stringify(value),
  );
}
