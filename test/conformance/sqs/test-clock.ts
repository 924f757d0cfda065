/** The engines' clock: it runs as the real one does, and tests may put it forward. */
export class TestClock {
  #aheadMs = 0;

  readonly now = (): number => Date.now() + this.#aheadMs;

  advanceSeconds(seconds: number): void {
    this.#aheadMs += seconds * 1000;
  }
}
