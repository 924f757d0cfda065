import type { Reading } from "./lines.ts";

/** Which lines have been read, and up to which they have been sent. */
export class LineAccount {
  readonly reading: Reading = { begun: undefined };
  #read: number[] = [];
  #lastSent = 0;

  read(line: number): void {
    this.#read.push(line);
  }

  /** Whatever came of them: they are told of. */
  sent(lines: readonly number[]): void {
    this.#lastSent = lines.at(-1) ?? this.#lastSent;
    this.#read = this.#read.filter((line) => line > this.#lastSent);
  }

  /** Those that were read, the one last whose end had not come. */
  unsent(): number[] {
    const { begun } = this.reading;
    const isCounted = begun === undefined || begun === this.#read.at(-1) || begun <= this.#lastSent;
    return isCounted ? this.#read : [...this.#read, begun];
  }

  /** What somebody who ended it should know, if anything. */
  describe(): string | undefined {
    const lines = this.unsent();
    if (lines.length > 0) return `Not published: ${linesText(lines)}, and what follows.`;
    return this.#lastSent > 0
      ? `Sent: all that was read, up to line ${this.#lastSent}.`
      : undefined;
  }
}

function linesText(lines: readonly number[]): string {
  const [first, last] = [lines.at(0), lines.at(-1)];
  return first === last ? `line ${first}` : `the lines ${first} to ${last}`;
}
