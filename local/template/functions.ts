import * as z from "zod/mini";
import type { Statement } from "../aws/policy.ts";
import { functionArn } from "./identity.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";
import { readRolePolicies } from "./role-policies.ts";

/** A Lambda function: its code, its limits, and what it may do. */
export interface LambdaFunction {
  logicalId: string;
  name: string;
  arn: string;
  /** Holds the bundle. */
  codeFolder: string;
  /** `<file without ending>.<export>` */
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  variables: Record<string, string>;
  reservedConcurrency: number | undefined;
  statements: Statement[];
}

const FunctionProperties = z.object({
  Code: z.object({ S3Key: z.optional(z.string()) }),
  Handler: z._default(z.string(), ""),
  Runtime: z._default(z.string(), ""),
  MemorySize: z._default(z.coerce.number(), 128),
  Timeout: z._default(z.coerce.number(), 3),
  Environment: z._default(
    z.object({ Variables: z._default(z.record(z.string(), z.coerce.string()), {}) }),
    { Variables: {} },
  ),
  ReservedConcurrentExecutions: z.optional(z.coerce.number()),
  Role: z.string(),
});

/**
 * `assetFolders` leads from an S3 object key to the folder that would be uploaded under it. Functions that
 * custom resources name as theirs run during a deployment alone, so not here.
 */
export function readFunctions(
  resources: Resource[],
  assetFolders: ReadonlyMap<string, string>,
): LambdaFunction[] {
  const rolePolicies = readRolePolicies(resources);
  const duringDeployment = new Set(resources.map(serviceToken));
  const own = ofType(resources, "AWS::Lambda::Function").filter(
    ({ name }) => !duringDeployment.has(functionArn(name)),
  );
  return own.map((resource) => {
    const { logicalId, name } = resource;
    const properties = parseProperties(FunctionProperties, resource);
    const codeFolder = assetFolders.get(properties.Code.S3Key ?? "");
    if (!codeFolder) throw new Error(`${logicalId}: its code is not in the assembly`);
    if (!properties.Runtime.startsWith("nodejs")) {
      throw new Error(`${logicalId}: only Node.js runs here, not ${properties.Runtime}`);
    }
    return {
      logicalId,
      name,
      arn: functionArn(name),
      codeFolder,
      handler: properties.Handler,
      memoryMb: properties.MemorySize,
      timeoutSeconds: properties.Timeout,
      variables: properties.Environment.Variables,
      reservedConcurrency: properties.ReservedConcurrentExecutions,
      statements: rolePolicies.get(properties.Role) ?? [],
    };
  });
}

function serviceToken({ properties }: Resource): unknown {
  return Object(properties).ServiceToken;
}

/** The function behind a name, an ARN, or the URI by which API Gateway invokes it. */
export function functionBehind(
  functions: LambdaFunction[],
  reference: string,
  owner: string,
): LambdaFunction {
  const arn = /\/functions\/([^/]+)\/invocations$/.exec(reference)?.[1] ?? reference;
  const found = functions.find((candidate) => candidate.arn === arn || candidate.name === arn);
  if (found) return found;
  throw new Error(`${owner} invokes ${reference}, which is no function of the template`);
}
