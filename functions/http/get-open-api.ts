import { openApiDocument } from "../../shared/contract/openapi/document.ts";
import { routes } from "../../shared/contract/routes.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";

const route = routes.getOpenApi;

export async function getOpenApi(): Promise<Record<string, unknown>> {
  return openApiDocument();
}

export const handler = endpoint(route, getOpenApi, () => ({}));
