import type { ErrorDetail } from "../../shared/contract/errors.ts";

/** How the program ends, for scripts to go by: its help and docs/cli.md show this table. */
export const exitCodes = {
  done: { code: 0, meaning: "Done." },
  refused: { code: 1, meaning: "The service refused it, or something unexpected happened." },
  usage: {
    code: 2,
    meaning: "The command, its input or the profile is wrong; nothing was sent.",
  },
  notFound: {
    code: 3,
    meaning:
      "There is no such webhook, message, delivery or event type, or the key may not see it.",
  },
  notAllowed: { code: 4, meaning: "The key is unknown, or may not do this." },
  unreachable: { code: 5, meaning: "No answer came; the operation may have been carried out." },
  notVerified: { code: 6, meaning: "`verify`: the request is not genuine, or too old." },
  notDelivered: {
    code: 7,
    meaning: "`webhooks test`: the receiver did not accept the test event.",
  },
  incomplete: {
    code: 8,
    meaning: "Only a part was done: `publish --batch`, `deliveries retry` and `recover`.",
  },
  failing: { code: 9, meaning: "`status`: a webhook fails or is held." },
  interrupted: { code: 130, meaning: "Ctrl-C before the end." },
} as const;

export type ExitName = keyof typeof exitCodes;

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

/** Puts into words why a file that was named cannot be read. */
export function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    throw new Failure("usage", `${file} cannot be read: ${Object(error).code}`);
  };
}
