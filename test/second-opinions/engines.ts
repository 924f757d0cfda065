import { elasticmq } from "./elasticmq.ts";
import { moto } from "./moto.ts";

/** Engines with a licence that lets anybody run them. They judge our own in tests, and are no part of what is shipped. */
export const engines = [moto, elasticmq];
