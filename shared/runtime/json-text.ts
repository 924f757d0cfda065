/** A value of the type given that is JSON text already: it goes out as it is. */
export class JsonText<Value> {
  readonly text: string;
  /** Never set; it tells the compiler what the text holds. */
  declare readonly holds: Value;

  constructor(text: string) {
    this.text = text;
  }
}
