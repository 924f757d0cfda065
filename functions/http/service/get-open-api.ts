import { openApiDocument } from "../../../shared/contract/openapi/document.ts";
import { getOpenApi as route } from "../../../shared/contract/operations/service/get-open-api.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";

export async function getOpenApi(): Promise<Record<string, unknown>> {
  return openApiDocument();
}

export const handler = endpoint(route, getOpenApi, () => ({}));
