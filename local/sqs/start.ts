import { type Access, type AwsServer, type OnCall, startAwsServer } from "../aws/server.ts";
import { steadyClock } from "../clock/steady-clock.ts";
import { run } from "./actions/actions.ts";
import { createBroker } from "./broker.ts";
import { dropExpired } from "./messages/drop-expired.ts";
import { type SendFromService, sendFromService } from "./messages/from-service.ts";
import { permissionsOf } from "./permissions.ts";
import { runMoveTask } from "./queues/move-task.ts";
import { provideQueue } from "./queues/provide-queue.ts";
import { openDatabase } from "./schema.ts";

const expiryIntervalMs = 60_000;

export interface SqsOptions extends Access {
  /** The database file. */
  path: string;
  port?: number;
  onCall?: OnCall;
  /** For receivers that live in this process: after a crash nobody holds the old receipts any more. */
  releaseInFlightAtStart?: boolean;
  /** Epoch milliseconds. */
  now?: () => number;
}

export interface Sqs extends AwsServer {
  /** Makes a queue as the template describes it, or changes the one there is. */
  provideQueue: (properties: unknown) => Promise<void>;
  /** For the buses and topics of the same process. */
  sendFromService: SendFromService;
}

export async function startSqs(options: SqsOptions): Promise<Sqs> {
  const database = openDatabase(options.path);
  const broker = createBroker(database, steadyClock(options.now));
  if (options.releaseInFlightAtStart) broker.messages.releaseInFlight();
  await broker.journal.committed();
  broker.load();
  const server = await startAwsServer({
    ...options,
    service: "sqs",
    permissionsOf,
    dispatch: (call) => run(broker, call),
  });
  broker.url = server.url;
  for (const { handle } of broker.moveTasks.active()) {
    broker.runBeside((closing) => runMoveTask(broker, handle, closing));
  }
  const expiry = setInterval(() => {
    for (const queue of broker.queues.values()) dropExpired(broker, queue);
  }, expiryIntervalMs);
  expiry.unref();
  return {
    url: server.url,
    answerOf: server.answerOf,
    provideQueue: (properties) => provideQueue(broker, properties),
    sendFromService: (message) => sendFromService(broker, message),
    close: async () => {
      clearInterval(expiry);
      await server.close();
      await broker.close();
      database.close();
    },
  };
}
