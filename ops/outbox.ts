/** `npm run outbox`: lists the rows of the outbox that were refused, and lets them be tried again. */
import { parseArgs } from "node:util";
import { dynamoDb } from "../shared/aws/clients.ts";
import { outboxMarks } from "../shared/contract/outbox.ts";
import { printable } from "../shared/contract/values/printable.ts";
import { readEnv } from "../shared/runtime/env.ts";
import { type OutboxHead, openOutboxStore } from "../shared/store/messages/outbox-store.ts";
import { connect } from "./connect.ts";

const usage = `usage: npm run outbox
       npm run outbox -- --retry [--id <id of a row>]

Lists the refused rows with their times and reasons, and counts the others. It never shows a value.

--retry takes the reasons away, of all rows or of one. A sweep tries them again within six minutes.`;

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { retry: { type: "boolean", default: false }, id: { type: "string" } },
  });
  if (values.id !== undefined && !values.retry) throw new Error(usage);
  connect();
  if (!process.env.OUTBOX_TABLE)
    throw new Error("the deployment has no outbox: see docs/outbox.md");
  let [refused, waiting] = [0, 0];
  for await (const head of heads()) {
    if (head.reason === undefined) waiting += 1;
    else {
      if (values.id !== undefined && values.id !== head.id) continue;
      refused += 1;
      console.log(lineOf(head));
      if (values.retry) await retry(head);
    }
  }
  if (values.retry) console.log(`${refused} rows are tried again`);
  else console.log(`${refused} rows are refused, ${waiting} wait to be published`);
}

async function* heads(): AsyncGenerator<OutboxHead> {
  const store = openOutboxStore();
  let after: string | undefined;
  do {
    const page = await store.page(after);
    yield* page.heads;
    after = page.last;
  } while (after !== undefined);
}

function lineOf({ id, time, reason = "" }: OutboxHead): string {
  return [id, time?.S ?? "", reason].map((part) => printable(part)).join("  ");
}

async function retry({ id }: OutboxHead): Promise<void> {
  await dynamoDb.call("UpdateItem", {
    TableName: readEnv("OUTBOX_TABLE").OUTBOX_TABLE,
    Key: { id: { S: id } },
    UpdateExpression: "REMOVE #reason",
    // A row that is gone must not come back as an empty one.
    ConditionExpression: "attribute_exists(#reason)",
    ExpressionAttributeNames: { "#reason": outboxMarks.reason },
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
