import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize({
  publishUrl: true,
  publishUrlConcurrency: 25,
  authorizerCacheSeconds: 15,
});

test("no function has an address of its own unless a deployment asks for one", () => {
  synthesize().template.resourceCountIs("AWS::Lambda::Url", 0);
});

test("the publish URL is one function's, without CORS, and answers when it is done", () => {
  template.resourceCountIs("AWS::Lambda::Url", 1);
  template.hasResourceProperties("AWS::Lambda::Url", {
    AuthType: "NONE",
    TargetFunctionArn: { "Fn::GetAtt": [Match.stringLikeRegexp("PublishByUrl"), "Arn"] },
    Cors: Match.absent(),
    InvokeMode: Match.absent(),
  });
});

test("anybody may invoke it through the URL, for which AWS asks two permissions, and nobody in another way", () => {
  const open = Object.values(template.findResources("AWS::Lambda::Permission"))
    .map(({ Properties }) => Properties)
    .filter(({ Principal }) => Principal === "*");
  const byAction = open.map(({ FunctionName, ...permission }) => permission);
  expect(byAction).toEqual([
    { Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE", Principal: "*" },
    { Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true, Principal: "*" },
  ]);
  for (const { FunctionName } of open) {
    expect(FunctionName["Fn::GetAtt"][0]).toMatch(/PublishByUrl/);
  }
});

test("what is reserved for it bounds it, and it remembers keys as long as the gateway does", () => {
  template.hasResourceProperties("AWS::Lambda::Function", {
    ReservedConcurrentExecutions: 25,
    Environment: { Variables: Match.objectLike({ AUTHORIZER_CACHE_SECONDS: "15" }) },
  });
});

test("the stack tells the address, and no webhook may post to it", () => {
  const url = { "Fn::GetAtt": [Match.stringLikeRegexp("PublishByUrl"), "FunctionUrl"] };
  template.hasOutput("PublishUrl", { Value: url });
  template.hasResourceProperties("AWS::Lambda::Function", {
    Environment: {
      Variables: Match.objectLike({
        OWN_ADDRESSES: { "Fn::Join": ["", Match.arrayWith([Match.objectLike(url)])] },
      }),
    },
  });
});
