import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import * as z from "zod/mini";
import { checkAnswer } from "./answer-check.ts";
import type { Answer, RawRequest } from "./client.ts";
import { OpenApi } from "./open-api.ts";
import { checkTaken } from "./request-check.ts";

/** The served description of the API, as a judge of what the service answers. */
export interface Document {
  readonly api: OpenApi;
  /** The schema at this JSON pointer, ready to be asked. */
  validator(pointer: string): ValidateFunction;
  /** Throws where the answer is not what the document says, or where the service took what it forbids. */
  check(request: RawRequest, answer: Answer): void;
}

export async function readDocument(url: string): Promise<Document> {
  const response = await fetch(`${url.replace(/\/$/, "")}/api/v1/openapi.json`);
  return openDocument(z.parse(z.looseObject({}), await response.json()));
}

export function openDocument(json: object): Document {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  formats.default(ajv);
  ajv.addVocabulary(Object.keys(json)); // to Ajv the whole document is a schema with unknown keywords
  ajv.addSchema(json, "api");
  const validators = new Map<string, ValidateFunction>();
  const document: Document = {
    api: OpenApi.parse(json),
    validator(pointer) {
      const known = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
      validators.set(pointer, known);
      return known;
    },
    check(request, answer) {
      checkAnswer(document, request, answer);
      if (answer.status < 300) checkTaken(document, request, answer);
    },
  };
  return document;
}
