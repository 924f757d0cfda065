/** All the time that a POST has: for the name, the connection and the head of its answer. */
export class Deadline {
  readonly #timer: NodeJS.Timeout;
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  /** What is given up when it is over; one thing at a time. */
  onOver: ((reason: Error) => void) | undefined;

  constructor(ms: number) {
    this.#timer = setTimeout(() => this.#end(), ms);
  }

  /** Made only when somebody asks: most POSTs need neither a name nor a connection. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  /** From now on nothing is given up. */
  stop(): void {
    clearTimeout(this.#timer);
    this.onOver = undefined;
  }

  #end(): void {
    this.#reason = new DOMException("too late", "TimeoutError");
    this.#controller?.abort(this.#reason);
    this.onOver?.(this.#reason);
  }
}
