import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import { missingIn } from "../../infra/settings/regions.ts";
import { runPythonStep } from "../steps/python.ts";
import { sumTallies, type Tally } from "../steps/tally.ts";
import { failedStep, passedStep } from "../steps/tool-step.ts";
import { startProgram } from "../support/process/program.ts";
import { type LintedTemplate, templatesToLint } from "./templates.ts";

/** All but those of intelligence services and the European Sovereign Cloud, of which nothing is known here. */
const regions = [
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
  ...["ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3"],
  ...["ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1"],
  ...["ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-north-1"],
  ...["eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1"],
  ...["me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2"],
  ...["us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2"],
];

const name = "the template by AWS's schemas";

/** W3005: the CDK has each function wait for its role by name as well as by reference, which does no harm. */
const argued = ["W3005"];

/** A kind of resource that a region does not have. */
const missingType = "E3006";

const Findings = z.array(
  z.object({
    Message: z.string(),
    Rule: z.object({ Id: z.string() }),
    Location: z.object({ Path: z.nullable(z.array(z.union([z.string(), z.number()]))) }),
  }),
);

/** Has cfn-lint look at the template for every region, as it is by default and with every setting. */
export function checkTemplates(): Promise<Tally> {
  return runPythonStep(name, "test/cfn-lint/requirements.txt", async (python, folder) => {
    const tallies = [];
    for (const linted of templatesToLint()) tallies.push(await check(python, folder, linted));
    return sumTallies(tallies);
  });
}

async function check(python: string, folder: string, linted: LintedTemplate): Promise<Tally> {
  const file = join(folder, "template.json");
  await writeFile(file, JSON.stringify(linted.template));
  const options = ["--format", "json", "--ignore-checks", ...argued, "--regions", ...regions];
  await using lint = startProgram(join(dirname(python), "cfn-lint"), [...options, "--", file]);
  await lint.exited;
  const findings = z.safeParse(Findings, jsonOf(lint.stdout()));
  if (!findings.success) return failedStep(name, `${lint.stdout()}\n${lint.stderr()}`);

  const lacking = new Set<string>();
  const problems = [];
  for (const { Message, Rule, Location } of findings.data) {
    const region = Rule.Id === missingType && /in '([a-z0-9-]+)'$/.exec(Message)?.[1];
    if (region) lacking.add(region);
    else problems.push(`${Rule.Id} ${Message} (${Location.Path?.join("/")})`);
  }
  // What the stack refuses there, and no region more. The schemas have function URLs also where Lambda has none.
  const settings = { ...linted.settings, publishUrl: false };
  const refused = regions.filter((region) => missingIn(region, settings).length > 0);
  if (String([...lacking].sort()) !== String(refused.toSorted())) {
    problems.push(`resources are missing in ${[...lacking]}, and settings refused in ${refused}`);
  }
  console.log(`${linted.name}: ${problems.length} findings in ${regions.length} regions`);
  return problems.length === 0 ? passedStep : failedStep(linted.name, problems.join("\n"));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
