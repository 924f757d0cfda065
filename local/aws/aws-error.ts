interface AwsErrorOptions {
  /** HTTP status; AWS JSON services answer 400 for nearly everything. */
  status?: number;
  /** Members beside the message, such as CancellationReasons. */
  members?: object;
  /** The code of the older query protocol, which SQS clients still read from a header. */
  queryCode?: string;
}

/** With which the services refuse a principal: SQS and SNS do it as HTTP has it. */
export function denialStatus(service: string): number {
  return service === "sqs" || service === "sns" ? 403 : 400;
}

/** A refusal as AWS words it: clients see the code as the name of the exception. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: object;
  readonly queryCode: string | undefined;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.queryCode = options.queryCode;
  }
}
