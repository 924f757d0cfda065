import { expect, test } from "vitest";
import { routes } from "../../shared/contract/routes.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize({
  throttleRate: 40,
  throttleBurst: 80,
  authorizerCacheSeconds: 15,
});
const deployed = Object.values(template.findResources("AWS::ApiGatewayV2::Route")).map(
  ({ Properties }) => Properties,
);

test("the gateway has exactly the routes of the contract", () => {
  const keys = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
  expect(deployed.map((route) => route.RouteKey).sort()).toEqual(keys.sort());
});

test.each(Object.entries(routes))("%s has a function of its own", (operationId, route) => {
  const { Target } = routeAt(`${route.method} ${route.path}`);
  const integrationId = Target["Fn::Join"][1][1].Ref;
  const integration = template.findResources("AWS::ApiGatewayV2::Integration")[integrationId];
  expect(integration?.Properties.PayloadFormatVersion).toBe("2.0");
  const functionId: string = integration?.Properties.IntegrationUri["Fn::GetAtt"][0];
  expect(functionId.slice(0, -8).toLowerCase()).toBe(`api${operationId}`.toLowerCase());
});

test.each(Object.entries(routes))(
  "%s asks for a key exactly if it has a permission",
  (_id, route) => {
    const { AuthorizationType } = routeAt(`${route.method} ${route.path}`);
    expect(AuthorizationType).toBe(route.permission === null ? "NONE" : "CUSTOM");
  },
);

test("publicEventTypes opens the documents of the catalogue, and nothing else", () => {
  const open = Object.values(
    synthesize({ publicEventTypes: true }).template.findResources("AWS::ApiGatewayV2::Route"),
  ).flatMap(({ Properties }) =>
    Properties.AuthorizationType === "NONE" ? [Properties.RouteKey] : [],
  );
  const before = deployed.filter((route) => route.AuthorizationType === "NONE");
  expect(open.sort()).toEqual(
    [...before.map((route) => route.RouteKey), "GET /api/v1/event-types/{document}"].sort(),
  );
});

test("the authorizer sees the Authorization header and gives a simple answer, which is kept", () => {
  template.resourceCountIs("AWS::ApiGatewayV2::Authorizer", 1);
  template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
    AuthorizerType: "REQUEST",
    AuthorizerPayloadFormatVersion: "2.0",
    EnableSimpleResponses: true,
    IdentitySource: ["$request.header.Authorization"],
    AuthorizerResultTtlInSeconds: 15,
  });
});

test("the only stage is the default one, throttled as the deployment says", () => {
  template.resourceCountIs("AWS::ApiGatewayV2::Stage", 1);
  template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
    StageName: "$default",
    AutoDeploy: true,
    DefaultRouteSettings: { ThrottlingRateLimit: 40, ThrottlingBurstLimit: 80 },
  });
});

test("tests of webhooks, and what anybody may read, have throttles of their own, and never more than the stage lets through", () => {
  const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const throttleOf = (from = template) => {
    const [stage] = Object.values(from.findResources("AWS::ApiGatewayV2::Stage"));
    return stage?.Properties.RouteSettings;
  };
  const throttle = (rate: number, burst: number, open = { rate: 10, burst: 50 }) => ({
    [keyOf(routes.testWebhook)]: { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    [keyOf(routes.getOpenApi)]: {
      ThrottlingRateLimit: open.rate,
      ThrottlingBurstLimit: open.burst,
    },
    [keyOf(routes.getPublicKeys)]: { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
  });
  expect(throttleOf(synthesize().template)).toEqual(throttle(20, 100));
  expect(throttleOf()).toEqual(throttle(20, 80));
  const careful = synthesize({ throttleRate: 5, throttleBurst: 9 }).template;
  expect(throttleOf(careful)).toEqual(throttle(5, 9, { rate: 5, burst: 9 }));
});

test("no stage is made before the routes that its settings name", () => {
  const [stage] = Object.values(template.findResources("AWS::ApiGatewayV2::Stage"));
  const [routeId] = Object.entries(template.findResources("AWS::ApiGatewayV2::Route")).flatMap(
    ([id, { Properties }]) => (Properties.RouteKey.endsWith("/test") ? [id] : []),
  );
  expect(stage?.DependsOn).toContain(routeId);
});

test("nothing is set aside by default; where the deployment asks for it, who asks and who publishes keep their share", () => {
  const reserved = (from = template) =>
    Object.entries(from.findResources("AWS::Lambda::Function")).flatMap(
      ([id, { Properties }]): [string, number][] => {
        const { ReservedConcurrentExecutions: count } = Properties;
        return count === undefined ? [] : [[id.slice(0, -8), count]];
      },
    );
  expect(reserved()).toEqual([]);
  const asked = synthesize({ authorizeReservedConcurrency: 20, publishReservedConcurrency: 40 });
  expect(reserved(asked.template).sort()).toEqual([
    ["ApiAuthorize", 20],
    ["ApiPublish", 40],
    ["ApiPublishBatch", 40],
  ]);
});

test("the stack names what operators and tools look for", () => {
  expect(Object.keys(template.findOutputs("*"))).toEqual([
    "ApiUrl",
    "WebhooksTable",
    "MessagesTable",
    "DeliveriesTable",
    "ApiKeysTable",
    "DeliveryQueue",
    "FanOutQueue",
    "NewcomerQueue",
    "SlowQueue",
    "RetryQueue",
    "RecoverQueue",
    "DataKey",
    "NextStep",
  ]);
});

test("the next step is the command that makes the first key", () => {
  const parts: unknown[] = template.findOutputs("NextStep").NextStep?.Value["Fn::Join"][1];
  expect(parts).toEqual([
    "AWS_REGION=",
    { Ref: "AWS::Region" },
    " ApiKeysTable=",
    template.findOutputs("ApiKeysTable").ApiKeysTable?.Value,
    " npm run keys -- create",
  ]);
});

test("no page of another origin may call the API unless the deployment names it", () => {
  const [api] = Object.values(template.findResources("AWS::ApiGatewayV2::Api"));
  expect(api?.Properties).not.toHaveProperty("CorsConfiguration");
});

test("pages of the origins that are named may send every header that the contract knows", () => {
  const allowedOrigins = ["https://console.client.example", "http://localhost:5173"];
  const { template: open } = synthesize({ allowedOrigins });
  const [api] = Object.values(open.findResources("AWS::ApiGatewayV2::Api"));
  const cors = api?.Properties.CorsConfiguration ?? {};
  const { AllowHeaders, AllowMethods, AllowOrigins, ...rest } = cors;
  expect(AllowOrigins).toEqual(allowedOrigins);
  expect(rest).not.toHaveProperty("AllowCredentials");
  const all = Object.values(routes);
  expect(AllowMethods.toSorted()).toEqual([...new Set(all.map(({ method }) => method))].sort());
  const headers = all.flatMap((route) =>
    "headers" in route ? Object.keys(route.headers.shape) : [],
  );
  expect(AllowHeaders).toEqual([...new Set(["authorization", "content-type", ...headers])].sort());
});

test("a domain name leads to the API, and the stack tells what to point it at", () => {
  const { template: named } = synthesize({
    domainName: "hooks.client.example",
    certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11112222",
  });
  const [domainId] = Object.keys(named.findResources("AWS::ApiGatewayV2::DomainName"));
  named.hasResourceProperties("AWS::ApiGatewayV2::ApiMapping", {
    DomainName: { Ref: domainId },
    Stage: "$default",
  });
  named.hasOutput("DomainTarget", {
    Value: { "Fn::GetAtt": [domainId, "RegionalDomainName"] },
  });
});

test("the gateway's own address can be switched off where the API has a name", () => {
  const named = {
    domainName: "hooks.client.example",
    certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11112222",
    console: true,
  };
  const own = "AWS::ApiGatewayV2::Api";
  const [kept] = Object.values(synthesize(named).template.findResources(own));
  expect(kept?.Properties).not.toHaveProperty("DisableExecuteApiEndpoint");

  const { template: only } = synthesize({ ...named, defaultAddress: false });
  only.hasResourceProperties(own, { DisableExecuteApiEndpoint: true });
  only.hasOutput("ApiUrl", { Value: "https://hooks.client.example" });
  // The console's page calls the API through its own address, which must lead to the one that is left.
  const distributions = JSON.stringify(only.findResources("AWS::CloudFront::Distribution"));
  expect(distributions).toContain('"DomainName":"hooks.client.example"');
  expect(distributions).not.toContain("execute-api");
});

function routeAt(key: string) {
  const found = deployed.find((route) => route.RouteKey === key);
  if (found === undefined) throw new Error(`No route ${key}`);
  return found;
}
