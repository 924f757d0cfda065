import { inject } from "vitest";
import { markGaps } from "../steps/mark-gaps.ts";
import { engines } from "./engines.ts";

declare module "vitest" {
  interface ProvidedContext {
    engine: string;
  }
}

const asked = inject("engine");
markGaps(engines.find(({ name }) => name === asked)?.differences ?? []);
