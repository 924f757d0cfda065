import { AwsError } from "../../aws/aws-error.ts";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { cancelMessageMoveTask } from "./cancel-message-move-task.ts";
import { changeMessageVisibility } from "./change-message-visibility.ts";
import { changeMessageVisibilityBatch } from "./change-message-visibility-batch.ts";
import { createQueue } from "./create-queue.ts";
import { deleteMessage } from "./delete-message.ts";
import { deleteMessageBatch } from "./delete-message-batch.ts";
import { deleteQueue } from "./delete-queue.ts";
import { getQueueAttributes } from "./get-queue-attributes.ts";
import { getQueueUrl } from "./get-queue-url.ts";
import { listDeadLetterSourceQueues } from "./list-dead-letter-source-queues.ts";
import { listMessageMoveTasks } from "./list-message-move-tasks.ts";
import { listQueues } from "./list-queues.ts";
import { purgeQueue } from "./purge-queue.ts";
import { receiveMessage } from "./receive-message.ts";
import { sendMessage } from "./send-message.ts";
import { sendMessageBatch } from "./send-message-batch.ts";
import { setQueueAttributes } from "./set-queue-attributes.ts";
import { startMessageMoveTask } from "./start-message-move-task.ts";

type Run = (broker: Broker, call: AwsCall) => object | Promise<object>;

const actions: Record<string, Run> = {
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  ReceiveMessage: receiveMessage,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: createQueue,
  GetQueueUrl: getQueueUrl,
  GetQueueAttributes: getQueueAttributes,
  SetQueueAttributes: setQueueAttributes,
  ListQueues: listQueues,
  PurgeQueue: purgeQueue,
  DeleteQueue: deleteQueue,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  StartMessageMoveTask: startMessageMoveTask,
  ListMessageMoveTasks: listMessageMoveTasks,
  CancelMessageMoveTask: cancelMessageMoveTask,
};

export function run(broker: Broker, call: AwsCall): object | Promise<object> {
  const action = Object.hasOwn(actions, call.action) ? actions[call.action] : undefined;
  if (action) return action(broker, call);
  throw new AwsError("UnknownOperationException", `${call.action} is not supported`);
}
