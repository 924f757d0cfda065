/** Values for `test.each`, each behind a label that keeps a test's name legible. */
export function labelled<T>(values: readonly T[]): [label: string, value: T][] {
  return values.map((value) => [shortened(JSON.stringify(value)), value]);
}

function shortened(text = "nothing"): string {
  return text.length <= 50 ? text : `${text.slice(0, 50)}…`;
}
