import type { Action, ItemStore } from "dynalite/db/index.js";
import { awsErrorOf } from "../engine/dynalite-error.ts";

/** Runs one of dynalite's actions; over an item view everything but a query ends within this turn. */
export function runAction(action: Action, store: ItemStore, data: object): Promise<object> {
  return new Promise((resolve, reject) => {
    try {
      action(store, data, (error, output) => {
        if (error) reject(awsErrorOf(error));
        else resolve(output ?? {});
      });
    } catch (error) {
      reject(awsErrorOf(error));
    }
  });
}

/** The same for an action that must have decided before anybody else's turn: every one that writes. */
export function runActionNow(action: Action, store: ItemStore, data: object): object {
  let failure: unknown;
  let answer: object | undefined;
  action(store, data, (error, output) => {
    failure = error;
    answer = output;
  });
  if (failure) throw awsErrorOf(failure);
  if (!answer) throw new Error("dynalite did not answer in the same turn");
  return answer;
}
