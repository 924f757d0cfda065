import { vi } from "vitest";

/**
 * Answers every call of a service of AWS in place of one that would have to be brought to fail. Gives the
 * inputs of the calls made so far; the caller says of what type they are.
 */
export function answerCalls<Input>(
  service: { call(operation: never, input: never): Promise<unknown> },
  answer: (input: Input, call: number) => unknown,
): Input[] {
  const inputs: Input[] = [];
  // The service's own `call` has a type for each operation; the stub takes them all.
  const target = service as { call(operation: string, input: Input): Promise<unknown> };
  vi.spyOn(target, "call").mockImplementation(async (_, input) => {
    inputs.push(input);
    return answer(input, inputs.length);
  });
  return inputs;
}
