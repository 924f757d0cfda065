import { Match } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

const tags = { team: "payments" };
const without = synthesize({ tags }).template;
const { template } = synthesize({ tags, console: true, logRetentionDays: 7 });

function only(type: string): Record<string, unknown> & { id: string } {
  const [[id = "", resource] = [], another] = Object.entries(template.findResources(type));
  if (!resource || another) throw new Error(`Not exactly one ${type}`);
  return { id, ...resource.Properties };
}

const distribution = only("AWS::CloudFront::Distribution");
const config: DistributionConfig = JSON.parse(JSON.stringify(distribution.DistributionConfig));
const bucket = only("AWS::S3::Bucket");

interface DistributionConfig {
  readonly DefaultRootObject: string;
  readonly CustomErrorResponses: unknown[];
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: (Behavior & { PathPattern: string })[];
  readonly Origins: { Id: string; DomainName: Record<string, unknown> }[];
}

interface Behavior {
  readonly TargetOriginId: string;
  readonly ResponseHeadersPolicyId?: { Ref: string };
  readonly CachePolicyId: string;
  readonly AllowedMethods: string[];
  readonly ViewerProtocolPolicy: string;
  readonly FunctionAssociations?: { EventType: string; FunctionARN: unknown }[];
}

const behaviorOf = (path: string) => {
  const found = config.CacheBehaviors.find(({ PathPattern }) => PathPattern === path);
  if (!found) throw new Error(`no behavior of ${path}`);
  return found;
};
const page = config.DefaultCacheBehavior;
const kept = [behaviorOf("*.js"), behaviorOf("*.css")];
const portal = behaviorOf("portal/*");
const files = [page, ...kept, portal];
const api = behaviorOf("api/*");

test("nothing of it is there unless the deployment asks for it", () => {
  without.resourceCountIs("AWS::S3::Bucket", 0);
  without.resourceCountIs("AWS::CloudFront::Distribution", 0);
});

test("it is added to the stack, and changes nothing else of it but what it knows of its own addresses", () => {
  const plain = withoutAddresses(synthesize({ console: true, tags }).template.toJSON());
  const bare = withoutAddresses(without.toJSON());
  expect(plain.Resources).toMatchObject(bare.Resources);
  expect(plain.Outputs).toMatchObject(bare.Outputs);
});

function withoutAddresses(json: object): { Resources: object; Outputs: object } {
  return JSON.parse(JSON.stringify(json), (name, value) =>
    name === "OWN_ADDRESSES" || name === "CONSOLE_URL" ? undefined : value,
  );
}

test("the files lie in a private, encrypted bucket, which only the distribution may read", () => {
  expect(bucket).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
      ],
    },
  });
  const { Statement } = Object(only("AWS::S3::BucketPolicy").PolicyDocument);
  expect(Statement).toMatchObject([
    { Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    {
      Effect: "Allow",
      Action: "s3:GetObject",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "AWS:SourceArn": expect.anything() } },
    },
  ]);
  expect(JSON.stringify(Statement[1].Condition)).toContain(distribution.id);
});

test("the bucket goes with the stack, emptied before: its owner's tag would keep it full", () => {
  template.hasResource("AWS::S3::Bucket", { DeletionPolicy: "Delete" });
  template.hasResourceProperties("Custom::CDKBucketDeployment", {
    DestinationBucketName: { Ref: bucket.id },
    RetainOnDelete: false,
    Prune: true,
  });
  expect(bucket.Tags).toEqual([{ Key: "team", Value: "payments" }]);
});

test("what fills the bucket may do that and no more, and is tagged like all else", () => {
  const copier = Object.values(template.findResources("AWS::Lambda::Function")).find(
    ({ Properties }) => Properties.Runtime.startsWith("python"),
  );
  expect(copier?.Properties.Tags).toEqual([{ Key: "team", Value: "payments" }]);
  const roleId: string = copier?.Properties.Role["Fn::GetAtt"][0];
  const role = template.findResources("AWS::IAM::Role")[roleId];
  expect(role?.Properties).not.toHaveProperty("ManagedPolicyArns");
  const policies = Object.values(template.findResources("AWS::IAM::Policy")).filter(
    ({ Properties }) => Properties.Roles[0].Ref === roleId,
  );
  const actions = policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action),
  );
  expect(actions.sort()).toEqual([
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:DeleteObject",
    "s3:GetBucketTagging",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
  ]);
});

test("its log is kept as long as the deployment says, and goes with the stack", () => {
  template.allResources("AWS::Logs::LogGroup", {
    DeletionPolicy: "Delete",
    Properties: Match.objectLike({ RetentionInDays: 7 }),
  });
});

test("files are only read, and only over TLS", () => {
  expect(config.DefaultRootObject).toBe("index.html");
  for (const behavior of files) {
    expect(behavior).toMatchObject({
      TargetOriginId: config.Origins[0]?.Id,
      AllowedMethods: ["GET", "HEAD"],
      ViewerProtocolPolicy: "redirect-to-https",
    });
  }
});

test("the pages are asked for anew each time, what they load is kept", () => {
  // The first that fits counts, also for what the portal loads.
  expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
    ...["*.js", "*.css", "portal/*", "api/*"],
  ]);
  for (const one of [page, portal]) expect(headersOf(one)["cache-control"]).toBe("no-cache");
  for (const one of kept) expect(headersOf(one)["cache-control"]).toContain("immutable");
});

test("every file comes with headers that let it run its own scripts, and nobody frame it", () => {
  for (const behavior of files) {
    const { SecurityHeadersConfig } = policyOf(behavior);
    expect(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
  }
});

test("what knows no frame-ancestors frames the console neither", () => {
  expect(policyOf(page).SecurityHeadersConfig.FrameOptions).toMatchObject({ FrameOption: "DENY" });
});

test("the portal is framed by the origins that are named, for which the older header has no words", () => {
  const named = ["https://app.client.example", "http://localhost:3000"];
  const framed = synthesize({ console: true, portalOrigins: named }).template;
  const ids = framed.findResources("AWS::CloudFront::ResponseHeadersPolicy");
  const policies = Object.values(ids).map(
    ({ Properties }) => Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig,
  );
  const framing = policies.filter(({ ContentSecurityPolicy }) =>
    ContentSecurityPolicy.ContentSecurityPolicy.endsWith(`; frame-ancestors ${named.join(" ")}`),
  );
  expect(framing).toHaveLength(1);
  expect(framing[0]).not.toHaveProperty("FrameOptions");
});

test("the portal's folder has an index, which a distribution has for its root alone", () => {
  const { id, FunctionCode } = only("AWS::CloudFront::Function");
  expect(portal.FunctionAssociations).toEqual([
    { EventType: "viewer-request", FunctionARN: { "Fn::GetAtt": [id, "FunctionARN"] } },
  ]);
  const at = (uri: string): unknown =>
    new Function(`${FunctionCode}; return handler({ request: { uri: "${uri}" } }).uri`)();
  expect(at("/portal/")).toBe("/portal/index.html");
  expect(at("/portal/index.html")).toBe("/portal/index.html");
});

test("the API answers at the same origin: nothing kept, every method, all headers but the host", () => {
  expect(api).toMatchObject({
    PathPattern: "api/*",
    TargetOriginId: config.Origins[1]?.Id,
    ViewerProtocolPolicy: "https-only",
    // These ids are AWS's own, the same in every account: CachingDisabled and AllViewerExceptHostHeader.
    CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  });
  expect(api?.AllowedMethods).toEqual(expect.arrayContaining(["GET", "PUT", "POST", "DELETE"]));
  expect(api).not.toHaveProperty("ResponseHeadersPolicyId");
  const [apiId] = Object.keys(template.findResources("AWS::ApiGatewayV2::Api"));
  expect(JSON.stringify(config.Origins[1]?.DomainName)).toContain(apiId);
});

test("an error of the API is answered anew each time, not for ten seconds more", () => {
  expect(config.CustomErrorResponses).toEqual(
    [500, 501, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
  );
});

test("two regions do not fight over the names that they share", () => {
  const named = [
    ...Object.values(template.findResources("AWS::CloudFront::ResponseHeadersPolicy")).map(
      ({ Properties }) => Properties.ResponseHeadersPolicyConfig.Name,
    ),
    Object(only("AWS::CloudFront::OriginAccessControl").OriginAccessControlConfig).Name,
    only("AWS::CloudFront::Function").Name,
  ];
  expect(new Set(named.map((name) => JSON.stringify(name))).size).toBe(5);
  for (const name of named) {
    const [prefix, region] = name["Fn::Join"][1];
    expect(region).toEqual({ Ref: "AWS::Region" });
    expect(`${prefix}ap-southeast-5`.length).toBeLessThanOrEqual(64);
  }
});

test("the stack tells where the console is", () => {
  template.hasOutput("ConsoleUrl", {
    Value: {
      "Fn::Join": ["", ["https://", { "Fn::GetAtt": [distribution.id, "DomainName"] }, "/"]],
    },
  });
});

function policyOf({ ResponseHeadersPolicyId }: Behavior) {
  const policies = template.findResources("AWS::CloudFront::ResponseHeadersPolicy");
  return policies[ResponseHeadersPolicyId?.Ref ?? ""]?.Properties.ResponseHeadersPolicyConfig;
}

function headersOf(behavior: Behavior): Record<string, string> {
  const items: { Header: string; Value: string }[] = policyOf(behavior).CustomHeadersConfig.Items;
  return Object.fromEntries(items.map(({ Header, Value }) => [Header, Value]));
}
