import * as z from "zod/mini";
import { type RequestAuthorizer, readAuthorizers } from "./authorizers.ts";
import { functionBehind, type LambdaFunction } from "./functions.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";
import { readStage, type Stage } from "./stage.ts";

/** An HTTP API and everything that is attached to it. */
export interface HttpApi extends Stage {
  apiId: string;
  routes: Route[];
  cors: Cors | undefined;
}

export interface Route {
  /** `GET /path/{parameter}` or `$default`. */
  routeKey: string;
  functionName: string;
  authorizer: RequestAuthorizer | undefined;
}

const Cors = z.object({
  AllowOrigins: z._default(z.array(z.string()), []),
  AllowMethods: z._default(z.array(z.string()), []),
  AllowHeaders: z._default(z.array(z.string()), []),
  ExposeHeaders: z._default(z.array(z.string()), []),
  MaxAge: z.optional(z.coerce.number()),
  AllowCredentials: z._default(z.boolean(), false),
});
export type Cors = z.infer<typeof Cors>;

const ApiProperties = z.object({
  ProtocolType: z._default(z.literal("HTTP"), "HTTP"),
  CorsConfiguration: z.optional(Cors),
});

const IntegrationProperties = z.object({
  IntegrationType: z.literal("AWS_PROXY"),
  PayloadFormatVersion: z.literal("2.0"),
  IntegrationUri: z.string(),
});

const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string().check(z.startsWith("integrations/")),
  AuthorizationType: z._default(z.enum(["NONE", "CUSTOM"]), "NONE"),
  AuthorizerId: z.optional(z.string()),
});

/** The template's one HTTP API, or undefined when it has none. */
export function readHttpApi(
  resources: Resource[],
  functions: LambdaFunction[],
): HttpApi | undefined {
  const [api, another] = ofType(resources, "AWS::ApiGatewayV2::Api");
  if (!api) return undefined;
  if (another) throw new Error(`${another.logicalId}: one HTTP API runs here, not two`);

  const authorizers = readAuthorizers(resources, functions);
  const functionNames = new Map(
    ofType(resources, "AWS::ApiGatewayV2::Integration").map((resource) => {
      const { IntegrationUri } = parseProperties(IntegrationProperties, resource);
      const target = functionBehind(functions, IntegrationUri, resource.logicalId);
      return [`integrations/${resource.name}`, target.name];
    }),
  );
  const routes = ofType(resources, "AWS::ApiGatewayV2::Route").map((resource): Route => {
    const { RouteKey, Target, AuthorizationType, AuthorizerId } = parseProperties(
      RouteProperties,
      resource,
    );
    const functionName = functionNames.get(Target);
    if (!functionName) throw new Error(`${resource.logicalId} leads to ${Target}: no such thing`);
    const authorizer = authorizers.get(AuthorizerId ?? "");
    if (AuthorizationType === "CUSTOM" && !authorizer) {
      throw new Error(`${resource.logicalId} is guarded by ${AuthorizerId}: no such authorizer`);
    }
    return { routeKey: RouteKey, functionName, authorizer };
  });
  const { CorsConfiguration: cors } = parseProperties(ApiProperties, api);
  return { apiId: api.name, routes, cors, ...readStage(resources) };
}
