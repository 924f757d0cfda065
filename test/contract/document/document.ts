import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import * as z from "zod/mini";
import { OpenApi } from "./open-api.ts";

/** The served description of the API, by which requests and answers are judged. */
export interface Document {
  readonly api: OpenApi;
  /** The schema at this JSON pointer, ready to be asked. */
  validator(pointer: string): ValidateFunction;
}

export async function readDocument(url: string): Promise<Document> {
  const response = await fetch(`${url}/api/v1/openapi.json`);
  return openDocument(z.parse(z.looseObject({}), await response.json()));
}

function openDocument(json: object): Document {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  formats.default(ajv);
  ajv.addVocabulary(Object.keys(json)); // to Ajv the whole document is a schema with unknown keywords
  ajv.addSchema(json, "api");
  const validators = new Map<string, ValidateFunction>();
  return {
    api: OpenApi.parse(json),
    validator(pointer) {
      const known = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
      validators.set(pointer, known);
      return known;
    },
  };
}
