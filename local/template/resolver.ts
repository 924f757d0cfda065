import { accountId, localRegion } from "../aws/arn.ts";
import { decide } from "./conditions.ts";
import { type Addresses, type Identity, identify, nameProperties } from "./identity.ts";
import { intrinsics, noValue, type Scope, text } from "./intrinsics.ts";
import type { Template } from "./template.ts";

export interface Resolver {
  /** Replaces every intrinsic function below `value`; `owner` is named when that fails. */
  resolve: (value: unknown, owner: string) => unknown;
  /** Whether a resource or output with this condition exists. */
  exists: (condition: string | undefined) => boolean;
  /** What a resource is called, chosen by the template or, by default, its logical id. */
  nameOf: (logicalId: string) => string;
}

/** Evaluates a template as CloudFormation would on a deployment to 127.0.0.1. */
export function createResolver(
  template: Template,
  stackName: string,
  addresses: Addresses,
): Resolver {
  const pseudoParameters: Record<string, unknown> = {
    "AWS::Region": localRegion,
    "AWS::AccountId": accountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stackName,
    "AWS::StackId": `arn:aws:cloudformation:${localRegion}:${accountId}:stack/${stackName}/local`,
    "AWS::NoValue": noValue,
  };

  const scope: Scope = {
    resolve,
    ref: (name) => {
      if (name in pseudoParameters) return pseudoParameters[name];
      const parameter = template.Parameters[name];
      if (!parameter) return identityOf(name)?.ref ?? name;
      if (parameter.Default !== undefined) return parameter.Default;
      throw new Error(`refers to the parameter ${name}, which has no default`);
    },
    attribute: (logicalId, name) => {
      const identity = identityOf(logicalId);
      // Only resources that the local run leaves out ever ask such an attribute.
      if (!identity) return `${logicalId}.${name}`;
      const value = identity.attributes[name];
      if (value !== undefined) return value;
      throw new Error(`refers to ${logicalId}.${name}, an attribute that the local run lacks`);
    },
    mapping: (map, first, second) => {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value !== undefined) return value;
      throw new Error(`refers to the mapping ${map}.${first}.${second}, which does not exist`);
    },
    holds,
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== noValue);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? ["", undefined];
    if (entries.length === 1 && (name === "Ref" || name.startsWith("Fn::"))) {
      const intrinsic = intrinsics[name];
      if (!intrinsic) throw new Error(`uses ${name}, which the local run does not know`);
      return intrinsic(argument, scope);
    }
    const resolved = entries.map(([key, item]) => [key, resolve(item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
  }

  function holds(name: string): boolean {
    const body = template.Conditions[name];
    if (body === undefined)
      throw new Error(`refers to the condition ${name}, which does not exist`);
    return decide(body, scope);
  }

  function exists(condition: string | undefined): boolean {
    return condition === undefined || holds(condition);
  }

  function identityOf(logicalId: string): Identity | undefined {
    const resource = template.Resources[logicalId];
    if (!resource || !exists(resource.Condition)) {
      throw new Error(`refers to ${logicalId}, which the template does not have`);
    }
    const property = (name: string) => resolve(resource.Properties[name]);
    return identify(resource.Type, nameOf(logicalId), addresses, property);
  }

  function nameOf(logicalId: string): string {
    const { Type = "", Properties = {} } = template.Resources[logicalId] ?? {};
    const chosen = resolve(Properties[nameProperties[Type] ?? ""]);
    return chosen === undefined || chosen === noValue ? logicalId : text(chosen);
  }

  return {
    resolve: (value, owner) => {
      try {
        return resolve(value);
      } catch (cause) {
        throw new Error(`${owner} ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    },
    exists,
    nameOf,
  };
}
