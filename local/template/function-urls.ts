import * as z from "zod/mini";
import { functionBehind, type LambdaFunction } from "./functions.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** A function that takes HTTP requests without a gateway, from anybody. */
export interface FunctionUrl {
  id: string;
  functionName: string;
}

const UrlProperties = z.object({
  AuthType: z.literal("NONE"),
  TargetFunctionArn: z.string(),
  InvokeMode: z._default(z.literal("BUFFERED"), "BUFFERED"),
  Cors: z.optional(z.undefined()),
});

const PermissionProperties = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
});

/** Since October 2025 a function URL is refused to whoever may not do both. */
const needed = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"];

/** The template's one function URL, or undefined when it has none. */
export function readFunctionUrl(
  resources: Resource[],
  functions: LambdaFunction[],
): FunctionUrl | undefined {
  const [resource, another] = ofType(resources, "AWS::Lambda::Url");
  if (!resource) return undefined;
  if (another) throw new Error(`${another.logicalId}: one function URL runs here, not two`);
  const { logicalId } = resource;
  const { TargetFunctionArn } = parseProperties(UrlProperties, resource);
  const { name, arn } = functionBehind(functions, TargetFunctionArn, logicalId);
  const granted = ofType(resources, "AWS::Lambda::Permission")
    .map((permission) => parseProperties(PermissionProperties, permission))
    .filter(
      ({ FunctionName, Principal }) => [name, arn].includes(FunctionName) && Principal === "*",
    )
    .map(({ Action }) => Action);
  const missing = needed.filter((action) => !granted.includes(action));
  if (missing.length > 0) throw new Error(`${logicalId}: nobody has ${missing.join(" and ")}`);
  return { id: logicalId, functionName: name };
}
