import * as z from "zod/mini";
import { functionBehind, type LambdaFunction } from "./functions.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A function that decides whether a request may pass. */
export interface RequestAuthorizer {
  id: string;
  functionName: string;
  identitySources: IdentitySource[];
  /** 0: every request asks anew. */
  cacheSeconds: number;
}

/** Where in a request an identity is found; a request without it never reaches the function. */
export interface IdentitySource {
  kind: "header" | "querystring";
  name: string;
}

const AuthorizerProperties = z.object({
  AuthorizerType: z.literal("REQUEST"),
  AuthorizerPayloadFormatVersion: z.literal("2.0"),
  EnableSimpleResponses: z.literal(true),
  AuthorizerUri: z.string(),
  IdentitySource: z._default(z.array(z.string()), []),
  AuthorizerResultTtlInSeconds: z._default(z.coerce.number(), 0),
});

/** By the id that routes name. */
export function readAuthorizers(
  resources: Resource[],
  functions: LambdaFunction[],
): Map<string, RequestAuthorizer> {
  const authorizers = ofType(resources, "AWS::ApiGatewayV2::Authorizer").map((resource) => {
    const properties = parseProperties(AuthorizerProperties, resource);
    return {
      id: resource.name,
      functionName: functionBehind(functions, properties.AuthorizerUri, resource.logicalId).name,
      identitySources: properties.IdentitySource.map((source) =>
        identitySource(source, resource.logicalId),
      ),
      cacheSeconds: properties.AuthorizerResultTtlInSeconds,
    };
  });
  return new Map(authorizers.map((authorizer) => [authorizer.id, authorizer]));
}

function identitySource(expression: string, owner: string): IdentitySource {
  const [, kind, name] = /^\$request\.(header|querystring)\.(.+)$/.exec(expression) ?? [];
  if (name && kind === "header") return { kind, name: name.toLowerCase() };
  if (name && kind === "querystring") return { kind, name };
  throw new Error(`${owner}: ${expression} is no identity source that runs here`);
}
