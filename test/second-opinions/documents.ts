const guides = "https://docs.aws.amazon.com";

function sqsGuide(page: string): string {
  return `${guides}/AWSSimpleQueueService/latest/SQSDeveloperGuide/${page}.html`;
}

export function sqsAction(action: string): string {
  return `${guides}/AWSSimpleQueueService/latest/APIReference/API_${action}.html`;
}

/** `InvalidParameterValue` is every action's word for a value out of range. */
export const commonErrors = `${guides}/AWSSimpleQueueService/latest/APIReference/CommonErrors.html`;

export function dynamodbAction(action: string): string {
  return `${guides}/amazondynamodb/latest/APIReference/API_${action}.html`;
}

/** "Any characters not included in this list are rejected"; 1 MiB with the attributes; 0 to 900 seconds of delay. */
export const messageQuotas = sqsGuide("quotas-messages");

/**
 * A group with more than a tenth of the messages in flight, and at least 30, waits for the quiet ones. So does one with
 * more than a tenth of the processing time lately, which the embedded engine does not reckon.
 */
export const fairQueues = sqsGuide("sqs-fair-queues-detailed");

/** What was received is hidden for the time-out, and no longer. */
export const visibilityTimeout = sqsGuide("sqs-visibility-timeout");

/** A long poll returns as soon as there is a message. */
export const longPolling = sqsGuide("sqs-short-and-long-polling");

/** Keys of 2,048 and 1,024 bytes, items of 400 KB, all of it counted in UTF-8. */
export const dynamodbLimits = `${guides}/amazondynamodb/latest/developerguide/Constraints.html`;

/** Empty texts and bytes are values, where they are no key of a table or an index. */
export const emptyValues = `${guides}/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html`;

/** Transactions and the reads of others are serializable. */
export const isolation = `${guides}/amazondynamodb/latest/developerguide/transaction-apis.html`;

/** Additions to one item are made in the order of their arrival, and all of them count. */
export const atomicCounters = `${guides}/amazondynamodb/latest/developerguide/WorkingWithItems.html`;
