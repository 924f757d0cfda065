export interface NotExercised {
  what: string;
  why: string;
  /** Where it is seen to hold. */
  insteadIn: string;
}

/** Files of the contract suite that start a service of their own, to kill it or to write to its tables. */
export const withRunsOfTheirOwn = [
  "test/contract/publish/fan-out-crash.test.ts",
  "test/contract/publish/fan-out-thousands.test.ts",
];

/** What no test asks of the emulator, because its answer would say nothing about AWS. */
export const notExercised: readonly NotExercised[] = [
  {
    what: "what each function's role may do",
    why: "IAM knows no kms:EncryptionContext condition, so enforcing policies would refuse every use of the key",
    insteadIn:
      "test/infra/permissions/function-policies.test.ts, and every call of the local run is checked",
  },
  {
    what: "queues that refuse plain HTTP",
    why: "the emulator is spoken to without TLS",
    insteadIn: "test/infra/queues.test.ts",
  },
  {
    what: "the throttle of the stage",
    why: "the gateway keeps it as a setting and lets everything through",
    insteadIn: "test/infra/api.test.ts, test/unit/local/gateway-limits.test.ts",
  },
  {
    what: "messages that come back to their function more than 16 times",
    why: "its CloudFormation drops recursiveLoop, and Lambda then stops them",
    insteadIn: "test/infra/workers.test.ts",
  },
  {
    what: "arm64 and the memory of the functions",
    why: "functions are processes of this machine",
    insteadIn: "test/infra/functions.test.ts",
  },
  {
    what: "alarms and the budget",
    why: "its CloudFormation refuses alarms with metric math, and no bill comes to be",
    insteadIn: "test/infra/monitoring/alarms.test.ts, test/infra/monitoring/cost-safety.test.ts",
  },
  {
    what: "the console",
    why: "what copies its files is a Python function with the AWS CLI in a layer, which never answers there",
    insteadIn: "test/infra/console.test.ts, test/system/start.test.ts, test/browser",
  },
  {
    what: "a fan-out to thousands, and one that kill -9 cuts off",
    why: "their tests write to the tables of a local run, and kill it",
    insteadIn: withRunsOfTheirOwn.join(", "),
  },
];
