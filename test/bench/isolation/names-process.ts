/** A name server that knows the names that begin with `healthy`, and never answers for any other. */
import { startNameServer } from "../../support/network/name-server.ts";
import { answerQuestions } from "./answer-questions.ts";

/** So short that it is asked again and again. */
const ttlSeconds = 1;

const server = await startNameServer(({ name, type }) => {
  if (!name.startsWith("healthy")) return undefined;
  return type === "A" ? { addresses: ["127.0.0.1"], ttlSeconds } : {};
});

answerQuestions({ address: () => server.address }, async () => server[Symbol.asyncDispose]());
