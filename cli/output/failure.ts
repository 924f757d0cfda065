import type { ErrorDetail } from "../../shared/contract/errors.ts";
import type { ExitName } from "../exit-codes.ts";

interface Circumstances {
  /** What to do about it. */
  readonly advice?: string;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly details?: readonly ErrorDetail[];
}

/** Why a command did not do what it was asked for, in words for whoever asked. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exit: ExitName;
  readonly circumstances: Circumstances;

  constructor(exit: ExitName, message: string, circumstances: Circumstances = {}) {
    super(message);
    this.exit = exit;
    this.circumstances = circumstances;
  }
}
