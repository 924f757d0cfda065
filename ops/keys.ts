/** `npm run keys`: makes, lists and revokes API keys. */
import { connect } from "./connect.ts";
import { createKey } from "./keys/create.ts";
import { listKeys } from "./keys/list.ts";
import { revokeKey } from "./keys/revoke.ts";

const usage = `usage: npm run keys -- create --name <name> (--cache <name> … | --all-caches)
                            [--permissions read,manage,publish] [--days <until it expires>] [--quiet]
       npm run keys -- list
       npm run keys -- revoke <key id | key | portal session id | portal token>

create prints the new key once; only its hash is stored. --quiet prints only the key.
Repeat --cache for several caches (tenants). Permissions: read, manage, publish, resend (test, send again)
and secret (secrets, header values, whole URLs); manage includes resend and secret.`;

const commands = new Map([
  ["create", createKey],
  ["list", listKeys],
  ["revoke", revokeKey],
]);

async function main([name = "", ...args]: string[]): Promise<void> {
  const command = commands.get(name);
  if (!command) throw new Error(usage);
  connect();
  await command(args);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
