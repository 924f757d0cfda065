import { once } from "node:events";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";

const Message = z.looseObject({
  id: z.optional(z.number()),
  method: z.optional(z.string()),
  params: z.optional(z.looseObject({})),
  result: z.optional(z.looseObject({})),
});
type Message = z.infer<typeof Message>;

const Attached = z.object({ sessionId: z.string(), workerInfo: z.object({ title: z.string() }) });
const FromWorker = z.object({ sessionId: z.string(), message: z.string() });

/** One thread as a debugger sees it. */
export interface Thread {
  send: (method: string, params?: object) => Promise<unknown>;
  /** What it has told, oldest first. */
  events: () => { method: string; params: unknown }[];
}

/** A debugger that is attached to a process and, by the protocol of its threads, to every thread of it. */
export class Debugger implements Disposable {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #sessions = new Map<string, string>();
  readonly #events: { session: string; method: string; params: unknown }[] = [];
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#receive(String(data)));
  }

  static async attach(url: string): Promise<Debugger> {
    const socket = new WebSocket(url);
    await once(socket, "open");
    const attached = new Debugger(socket);
    await attached.#send("", "NodeWorker.enable", { waitForDebuggerOnStart: false });
    return attached;
  }

  /** The thread whose title holds `name`, once there is one. */
  async thread(name: string): Promise<Thread> {
    const session = await eventually(
      () => [...this.#sessions].find(([, title]) => title.includes(name))?.[0],
    );
    return {
      send: (method, params) => this.#send(session, method, params),
      events: () => this.#events.filter((event) => event.session === session),
    };
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #send(session: string, method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#answers.set(id, resolve);
    const message = { id, method, params };
    this.#socket.send(JSON.stringify(session === "" ? message : this.#toWorker(session, message)));
    return (await promise).result;
  }

  /** A message to a thread is wrapped in one to the process, whose answer says nothing. */
  #toWorker(sessionId: string, message: object): object {
    this.#lastId += 1;
    const params = { sessionId, message: JSON.stringify(message) };
    return { id: this.#lastId, method: "NodeWorker.sendMessageToWorker", params };
  }

  #receive(text: string, session = ""): void {
    const { id, method, params, result } = Message.parse(JSON.parse(text));
    if (id !== undefined) {
      this.#answers.get(id)?.({ id, result });
    } else if (method === "NodeWorker.attachedToWorker") {
      const { sessionId, workerInfo } = Attached.parse(params);
      this.#sessions.set(sessionId, workerInfo.title);
    } else if (method === "NodeWorker.receivedMessageFromWorker") {
      const { sessionId, message } = FromWorker.parse(params);
      this.#receive(message, sessionId);
    } else {
      this.#events.push({ session, method: method ?? "", params });
    }
  }
}
