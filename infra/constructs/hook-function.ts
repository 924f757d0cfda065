import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
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
import type { Link } from "../links.ts";

export interface HookFunctionProps {
  /** A folder with the bundle, `index.mjs`. */
  readonly folder: string;
  readonly size: Size;
  readonly links: readonly Link[];
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
    // The role that Lambda would make may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    logGroup.grantWrite(role);

    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(props.folder),
      memorySize: props.size.memoryMb,
      timeout: Duration.seconds(props.size.timeoutSeconds),
      role,
      logGroup,
      // JSON, because only then can START, END and REPORT lines of every invocation be left out.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      reservedConcurrentExecutions: props.reservedConcurrency,
      recursiveLoop: props.mayLoop ? RecursiveLoop.ALLOW : undefined,
    });
    this.mayLoop = props.mayLoop ?? false;
    for (const link of props.links) link(this);
  }
}
