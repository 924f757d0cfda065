import { Duration, Validations } from "aws-cdk-lib";
import {
  type DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import type { Route } from "../shared/contract/route.ts";
import { type OperationId, routes } from "../shared/contract/routes.ts";
import { corsFor } from "./cors.ts";
import { addDomain } from "./domain.ts";
import { operationIds } from "./functions.ts";
import type { MakeFunction } from "./make-function.ts";
import { addPublishUrl } from "./publish-url.ts";
import { throttleRoutes } from "./route-throttles.ts";
import type { Settings } from "./settings/settings.ts";

/** The front door: one route and one function for each operation of the contract. */
export class Api extends Construct {
  readonly httpApi: HttpApi;
  /** Where it responds; the name of its own where that is the only one. */
  readonly url: string;
  /** The name of its own, where the deployment has one. */
  readonly domain: DomainName | undefined;
  /** A second address for publishing, with a slash at its end, where the deployment has one. */
  readonly publishUrl: string | undefined;
  /** All that it can be reached at. */
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, makeFunction: MakeFunction, settings: Settings) {
    super(scope, id);
    const httpApi = new HttpApi(this, "Http", {
      apiName: settings.stackName,
      createDefaultStage: false,
      corsPreflight: corsFor(settings),
      disableExecuteApiEndpoint: settings.defaultAddress ? undefined : true,
    });
    this.httpApi = httpApi;
    this.url = settings.defaultAddress ? httpApi.apiEndpoint : `https://${settings.domainName}`;
    const stage = addStage(this, httpApi, settings);
    this.domain = addDomain(this, stage, settings);
    this.publishUrl = addPublishUrl(this, makeFunction, settings);
    this.addresses = [
      this.url,
      ...(this.publishUrl === undefined ? [] : [this.publishUrl]),
      ...(this.domain ? [this.domain.name, this.domain.regionalDomainName] : []),
    ];

    const { authorizeReservedConcurrency, publishReservedConcurrency } = settings;
    const reservations: Partial<Record<OperationId, number | undefined>> = {
      publish: publishReservedConcurrency,
      publishBatch: publishReservedConcurrency,
    };
    const authorize = makeFunction(this, "authorize", {
      reservedConcurrency: authorizeReservedConcurrency,
    });
    const authorizer = new HttpLambdaAuthorizer("Authorizer", authorize, {
      authorizerName: "api-key",
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: ["$request.header.Authorization"],
      resultsCacheTtl: Duration.seconds(settings.authorizerCacheSeconds),
    });

    const made = new Map<OperationId, HttpRoute>();
    for (const operationId of operationIds) {
      const { method, path, permission, mayBePublic }: Route = routes[operationId];
      const isPublic = permission === null || (mayBePublic && settings.publicEventTypes);
      const reservedConcurrency = reservations[operationId];
      const fn = makeFunction(this, operationId, { reservedConcurrency });
      const route = new HttpRoute(this, `${operationId}Route`, {
        httpApi,
        routeKey: HttpRouteKey.with(path, HttpMethod[method]),
        integration: new HttpLambdaIntegration(operationId, fn),
        ...(!isPublic && { authorizer }),
      });
      made.set(operationId, route);
      if (isPublic) {
        Validations.of(route).acknowledge({
          id: "AwsSolutions-APIG4",
          reason: "The contract or a setting makes this public: it returns nobody's data.",
        });
      }
    }
    throttleRoutes(stage, made, settings);
  }
}

function addStage(scope: Construct, httpApi: HttpApi, settings: Settings): HttpStage {
  const stage = new HttpStage(scope, "Stage", {
    httpApi,
    stageName: "$default",
    autoDeploy: true,
    throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
  });
  Validations.of(stage).acknowledge({
    id: "AwsSolutions-APIG1",
    reason:
      "A log line for every request would cost a good part of what the request costs; failures " +
      "are logged by the functions, under the request's id.",
  });
  return stage;
}
