import { vi } from "vitest";

interface Command<Input> {
  readonly input: Input;
}

/**
 * Answers every call of an AWS client's class in place of a service that would have to be brought to
 * fail. Gives the inputs of the calls made so far; the caller says of what type they are.
 */
export function answerCalls<Input>(
  client: { prototype: unknown },
  answer: (input: Input, call: number) => unknown,
): Input[] {
  const inputs: Input[] = [];
  const send = async ({ input }: Command<Input>) => {
    inputs.push(input);
    return answer(input, inputs.length);
  };
  // The client's own `send` has an overload for each command; the stub takes them all.
  vi.spyOn(client.prototype as { send: typeof send }, "send").mockImplementation(send);
  return inputs;
}
