import { AwsError } from "../aws/aws-error.ts";
import { type Access, type AwsServer, type OnCall, startAwsServer } from "../aws/server.ts";
import type { SendFromService } from "../sqs/messages/from-service.ts";
import type { EventRule } from "../template/event-rules.ts";
import { eventJson } from "./event-json.ts";
import { compilePattern } from "./pattern.ts";
import { type Publish, permissionsOf, putEvents, readEntries } from "./put-events.ts";
import { compileInput, type Event, type InputOf } from "./target-input.ts";

export interface EventsOptions extends Access {
  buses: readonly string[];
  rules: readonly EventRule[];
  send: SendFromService;
  port?: number;
  onCall?: OnCall;
}

/**
 * The event buses of a template. Its rules send to queues, and an event is put once its queues have it: unlike
 * EventBridge, which answers first and keeps an event for as long as a day.
 */
export function startEvents({ buses, rules, send, ...options }: EventsOptions): Promise<AwsServer> {
  const compiled = rules.map((rule) => compileRule(rule, send));
  const known = new Set(buses);
  const publish: Publish = async (busName, event) => {
    const matching = compiled.filter((rule) => rule.busName === busName && rule.matches(event));
    await Promise.all(matching.map((rule) => rule.deliver(event)));
  };
  return startAwsServer({
    ...options,
    service: "events",
    permissionsOf: (action, input) => permissionsOf(entriesOf(action, input)),
    dispatch: ({ action, input }) => putEvents(entriesOf(action, input), known, publish),
  });
}

function entriesOf(action: string, input: unknown): ReturnType<typeof readEntries> {
  if (action === "PutEvents") return readEntries(input);
  throw new AwsError("UnknownOperationException", `${action} is not supported`);
}

function compileRule(rule: EventRule, send: SendFromService) {
  const { logicalId, busName, arn, pattern } = rule;
  const targets = rule.targets.map((target) => ({
    ...target,
    inputOf: compileInput(target, rule),
  }));
  return {
    busName,
    matches: compilePattern(pattern, `${logicalId}.EventPattern`),
    deliver: async (event: Event) => {
      await Promise.all(targets.map((target) => send(messageFor(target, arn, event))));
    },
  };
}

type Target = EventRule["targets"][number] & { inputOf: InputOf };

function messageFor({ queueArn, deadLetterArn, inputOf }: Target, ruleArn: string, event: Event) {
  return {
    senderId: "events.amazonaws.com",
    queueArn,
    body: inputOf(event),
    attributes: {},
    deadLetter:
      deadLetterArn === undefined
        ? undefined
        : {
            queueArn: deadLetterArn,
            // The event itself, from which it can be put again.
            body: eventJson(event),
            attributes: { RULE_ARN: ruleArn, TARGET_ARN: queueArn },
          },
  };
}
