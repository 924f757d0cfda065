import { afterAll, beforeAll } from "vitest";
import {
  type Receiver,
  type ReceiverOptions,
  startReceiver,
} from "../../support/network/receiver.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { type Type, typeInto } from "./documented-command.ts";
import { missingShell, type Shell, shellNames } from "./shells.ts";

/** Somebody who types the commands of a document into their shell, with a service and a receiver of their own. */
export interface ShellReader {
  service: LocalRun;
  receiver: Receiver;
  type: Type;
}

/** For a file's tests: a reader in each shell, whose services start side by side. */
export function startShellReaders(receiverOptions: () => ReceiverOptions = () => ({})) {
  const readers = new Map<Shell, ShellReader>();
  const missing = new Map<Shell, string>();

  beforeAll(async () => {
    const start = async (shell: Shell) => {
      const service = await startLocalRun();
      const receiver = await startReceiver(receiverOptions());
      readers.set(shell, { service, receiver, type: typeInto(service, shell) });
    };
    for (const shell of shellNames) {
      const reason = missingShell(shell);
      if (reason) missing.set(shell, reason);
    }
    await Promise.all(shellNames.filter((shell) => !missing.has(shell)).map(start));
  });

  afterAll(async () => {
    for (const { service, receiver } of readers.values()) {
      await service[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    }
  });

  return {
    /** Skips the test where the shell cannot be had. */
    in(shell: Shell, skip: (reason: string) => void): ShellReader {
      const reason = missing.get(shell);
      if (reason) skip(reason);
      const reader = readers.get(shell);
      if (!reader) throw new Error(`there is no reader in ${shell}`);
      return reader;
    },
  };
}
