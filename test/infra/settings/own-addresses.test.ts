import { expect, test } from "vitest";
import { synthesize } from "../synthesize.ts";

const domain = {
  domainName: "hooks.client.example",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11112222",
};
// The assertions of the CDK refuse a template whose resources wait for each other in a circle.
const usual = synthesize().template;
const everything = synthesize({ ...domain, console: true }).template;

function addressesIn(template: typeof usual, variable = "OWN_ADDRESSES") {
  return Object.entries(template.findResources("AWS::Lambda::Function")).flatMap(
    ([id, { Properties }]) => {
      const addresses: unknown = Properties.Environment?.Variables[variable];
      return addresses === undefined ? [] : [[id.slice(0, -8), addresses]];
    },
  );
}

function idOf(template: typeof usual, type: string): string {
  return Object.keys(template.findResources(type))[0] ?? "";
}

const gateway = (template: typeof usual) => ({
  "Fn::GetAtt": [idOf(template, "AWS::ApiGatewayV2::Api"), "ApiEndpoint"],
});

test("who takes a webhook's URL knows the gateway's address, and nobody else does", () => {
  expect(addressesIn(usual)).toEqual([
    ["ApiPutWebhook", gateway(usual)],
    ["ApiCreateWebhook", gateway(usual)],
    ["ApiUpdateWebhookDetails", gateway(usual)],
  ]);
});

test("it knows every other address of the deployment as well", () => {
  const domainId = idOf(everything, "AWS::ApiGatewayV2::DomainName");
  const distributionId = idOf(everything, "AWS::CloudFront::Distribution");
  const parts = [
    gateway(everything),
    ",",
    { Ref: domainId },
    ",",
    { "Fn::GetAtt": [domainId, "RegionalDomainName"] },
    ",https://",
    { "Fn::GetAtt": [distributionId, "DomainName"] },
    "/",
  ];
  for (const [, addresses] of addressesIn(everything)) {
    expect(addresses).toEqual({ "Fn::Join": ["", parts] });
  }
  expect(addressesIn(everything)).toHaveLength(3);
});

test("who writes alerts, or writes them once more for the log, or leads to the portal beside it, knows the console, where there is one, and nobody else does", () => {
  expect(addressesIn(usual, "CONSOLE_URL")).toEqual([]);
  const distributionId = idOf(everything, "AWS::CloudFront::Distribution");
  const domainName = { "Fn::GetAtt": [distributionId, "DomainName"] };
  const url = { "Fn::Join": ["", ["https://", domainName, "/"]] };
  expect(addressesIn(everything, "CONSOLE_URL")).toEqual([
    ["ApiTestWebhook", url],
    ["ApiGetDelivery", url],
    ["ApiCreatePortalSession", url],
    ["WorkersDeliver", url],
  ]);
});
