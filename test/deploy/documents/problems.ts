import type { Call } from "./reader.ts";

/** Commands that say nothing when all is well. */
const silent =
  /^aws (logs filter-log-events|dynamodb (put-item|wait)|iam put-role-policy|acm wait|cloudwatch set-alarm-state|sqs purge-queue)/;

/** What is wrong with the commands of a block; each answer must have something in it, as the reader is to look at it. */
export function problemsOf(calls: Call[]): string[] {
  return calls.flatMap((call) => {
    const problem = call.leftOut === undefined && problemOf(call);
    return problem ? [`${call.words.join(" ")}: ${problem}`] : [];
  });
}

function problemOf({ words, status, stdout, stderr }: Call): string | undefined {
  const command = words.join(" ");
  // Who copies rows back counts on it.
  if (stderr.includes("(ConditionalCheckFailedException)")) return undefined;
  if (status !== 0) return `${stdout}${stderr}`.trim() || `exit code ${status}`;
  if (/^(|None|null|\[\])$/.test(stdout.trim()) && !silent.test(command) && words[0] !== "npx")
    return "the answer is empty";
  if (words[0] === "curl" && !/"status": ?"success"/.test(stdout)) return stdout;
  if (/^npx cdk deploy -c /.test(command) && /\(no changes\)/.test(stdout + stderr))
    return "it changes nothing";
  const mapping = /arn:aws:(sqs|dynamodb):/;
  if (/^aws lambda list-event-source-mappings/.test(command) && !mapping.test(stdout))
    return `no mapping is there:\n${stdout}`;
  return undefined;
}
