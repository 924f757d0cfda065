import * as z from "zod/mini";

const Question = z.object({ id: z.int(), question: z.string(), input: z.unknown() });

type Answers = Record<string, (input: unknown) => unknown>;

/** Serves the process that started this one, and ends with it: `close` comes first. */
export function answerQuestions(answers: Answers, close: () => Promise<void>): void {
  process.on("message", async (message) => {
    const { id, question, input } = z.parse(Question, message);
    try {
      const answer = answers[question];
      if (!answer) throw new Error(`nobody answers ${question}`);
      process.send?.({ id, value: (await answer(input)) ?? null });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  });
  const end = () => void close().finally(() => process.exit());
  process.once("disconnect", end);
  if (!process.connected) end();
  // Ctrl-C reaches the whole group; the parent tells when to end.
  process.on("SIGINT", () => {});
}
