import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-local-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Writes what the CDK would: a template, and a folder of code for each function by its logical id. Without
 * a folder of the caller's, into one that goes when the test ends.
 */
export async function writeAssembly(
  template: object,
  code: Record<string, string>,
  given?: string,
): Promise<string> {
  const folder = given ?? (await temporaryFolder());
  const files: Record<string, object> = {};
  for (const [name, source] of Object.entries(code)) {
    await mkdir(join(folder, `asset.${name}`));
    await writeFile(join(folder, `asset.${name}`, "index.mjs"), source);
    files[name] = {
      source: { path: `asset.${name}`, packaging: "zip" },
      destinations: { here: { bucketName: "b", objectKey: `${name}.zip` } },
    };
  }
  const write = (file: string, content: object) =>
    writeFile(join(folder, file), JSON.stringify(content));
  await write("Test.assets.json", { files });
  await write("Test.template.json", template);
  await write("manifest.json", {
    artifacts: {
      "Test.assets": { type: "cdk:asset-manifest", properties: { file: "Test.assets.json" } },
      Test: {
        type: "aws:cloudformation:stack",
        properties: { templateFile: "Test.template.json" },
      },
    },
  });
  return folder;
}

/** A function and its role, which may do what `allowed` lists: [actions, resource]. */
export function functionResources(
  name: string,
  properties: object = {},
  allowed: [string[], unknown][] = [],
): Record<string, object> {
  return {
    [name]: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: { S3Bucket: "b", S3Key: `${name}.zip` },
        Handler: "index.handler",
        Runtime: "nodejs24.x",
        Role: { "Fn::GetAtt": [`${name}Role`, "Arn"] },
        ...properties,
      },
    },
    [`${name}Role`]: {
      Type: "AWS::IAM::Role",
      Properties: {
        Policies: [
          {
            PolicyName: "inline",
            PolicyDocument: {
              Statement: allowed.map(([Action, Resource]) => ({
                Effect: "Allow",
                Action,
                Resource,
              })),
            },
          },
        ],
      },
    },
  };
}

/** A route to a function, with the integration between them. */
export function routeResources(
  name: string,
  functionName: string,
  RouteKey: string,
  properties: object = {},
): Record<string, object> {
  return {
    [`${name}Integration`]: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "Api" },
        IntegrationType: "AWS_PROXY",
        PayloadFormatVersion: "2.0",
        IntegrationUri: { "Fn::GetAtt": [functionName, "Arn"] },
      },
    },
    [name]: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: { Ref: "Api" },
        RouteKey,
        Target: { "Fn::Join": ["", ["integrations/", { Ref: `${name}Integration` }]] },
        ...properties,
      },
    },
  };
}
