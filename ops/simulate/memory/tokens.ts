/** The words of an expression in DynamoDB's language, read one after the other. */
export class Tokens {
  readonly #text: string;
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = text.match(/[#:]?\w+|<=|>=|<>|[=<>(),+-]/g) ?? [];
    if (this.#tokens.join("") !== text.replace(/\s/g, "")) throw this.unexpected();
  }

  get isAtEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  peek(): string {
    return this.#tokens[this.#next] ?? "";
  }

  take(): string {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Takes the word if it comes next. */
  accept(word: string): boolean {
    if (this.peek().toUpperCase() !== word) return false;
    this.#next += 1;
    return true;
  }

  expect(word: string): void {
    if (!this.accept(word)) throw this.unexpected();
  }

  /** An expression that means something which the tables in memory do not know. */
  unexpected(): Error {
    return new Error(`not understood at word ${this.#next}: ${this.#text}`);
  }

  /** Several of them, separated by commas. */
  list<T>(read: () => T): T[] {
    const all = [read()];
    while (this.accept(",")) all.push(read());
    return all;
  }
}
