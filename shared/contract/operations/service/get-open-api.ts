import * as z from "zod/mini";
import type { Route } from "../../route.ts";

export const getOpenApi = {
  id: "getOpenApi",
  method: "GET",
  path: "/api/v1/openapi.json",
  bare: true,
  tag: "meta",
  permission: null,
  portal: "open",
  params: z.object({}),
  statuses: [200],
  refusals: [],
  response: z.record(z.string(), z.unknown()),
  summary: "Get this document",
  description: "The OpenAPI 3.1 description of every operation.",
  example: null,
} as const satisfies Route;
