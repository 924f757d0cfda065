import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Size } from "../functions.ts";
import type { Link } from "../permissions/links.ts";
import type { RoleFor } from "./roles.ts";

export interface HookFunctionProps {
  /** A folder with the bundle, `index.mjs`. */
  readonly folder: string;
  readonly size: Size;
  readonly links: readonly Link[];
  readonly roleFor: RoleFor;
  readonly logRetention: RetentionDays;
  readonly reservedConcurrency?: number;
  /** Whether what it sends may come back to it; Lambda would drop the 16th hop in silence. */
  readonly mayLoop?: boolean;
}

/** A Lambda with the house's defaults; it may do what its links say and write its own log. */
export class HookFunction extends LambdaFunction {
  readonly mayLoop: boolean;

  constructor(scope: Construct, id: string, props: HookFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(props.folder),
      memorySize: props.size.memoryMb,
      timeout: Duration.seconds(props.size.timeoutSeconds),
      role: props.roleFor(scope, id, { links: props.links, logGroup }),
      logGroup,
      // JSON, because only then can START, END and REPORT lines of every invocation be left out.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      reservedConcurrentExecutions: props.reservedConcurrency,
      recursiveLoop: props.mayLoop ? RecursiveLoop.ALLOW : undefined,
    });
    this.mayLoop = props.mayLoop ?? false;
    for (const { variables = {}, configure } of props.links) {
      for (const [name, value] of Object.entries(variables)) this.addEnvironment(name, value);
      configure?.(this);
    }
  }
}
