import { type Access, type AwsServer, type OnCall, startAwsServer } from "../aws/server.ts";
import { run } from "./actions.ts";
import { openMasterKey } from "./master-key.ts";
import { permissionsOf } from "./permissions.ts";

export interface KmsOptions extends Access {
  /** Made by the first start; whoever has it can read what was encrypted. */
  keyFile: string;
  port?: number;
  onCall?: OnCall;
}

export async function startKms({ keyFile, ...options }: KmsOptions): Promise<AwsServer> {
  const master = await openMasterKey(keyFile);
  return startAwsServer({
    ...options,
    service: "kms",
    permissionsOf,
    dispatch: ({ action, input }) => run(master, action, input),
  });
}
