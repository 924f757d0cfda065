import type { Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { functionRoles, withoutHash } from "../permissions/function-roles.ts";
import { synthesize } from "../synthesize.ts";
import { otherSettings } from "./other-settings.ts";

const usual = synthesize().template;
const one = synthesize({ staticAddresses: 1 }).template;
const three = synthesize({ staticAddresses: 3 }).template;
const own = synthesize({ vpc: otherSettings.vpc.vpc }).template;
const receivers = ["ApiTestWebhook", "WorkersDeliver"];

interface FunctionProperties {
  readonly VpcConfig?: { readonly SubnetIds: unknown[]; readonly SecurityGroupIds: unknown[] };
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}

function functionsOf(template: Template): [string, FunctionProperties][] {
  return Object.entries(template.findResources("AWS::Lambda::Function")).map(
    ([id, { Properties }]) => [withoutHash(id), Properties],
  );
}

function inNetwork(template: Template): string[] {
  return functionsOf(template)
    .filter(([, { VpcConfig }]) => VpcConfig !== undefined)
    .map(([id]) => id)
    .sort();
}

test("no function is in a network of ours by default, and no address is promised", () => {
  expect(inNetwork(usual)).toEqual([]);
  expect(usual.findResources("AWS::EC2::VPC")).toEqual({});
  expect(usual.findOutputs("EgressAddresses")).toEqual({});
});

test.each([
  ["an address", one],
  ["three", three],
  ["a network of one's own", own],
])("with %s, what posts to receivers is in the network, and nothing else", (_, template) => {
  expect(inNetwork(template)).toEqual(receivers);
});

test.each([
  [1, one, 2],
  [3, three, 3],
])(
  "%i addresses outlive the stack and belong to as many NAT gateways",
  (count, template, zones) => {
    const kept = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };
    const addresses = template.findResources("AWS::EC2::EIP");
    expect(Object.values(addresses)).toEqual(Array(count).fill(expect.objectContaining(kept)));
    const gateways = Object.values(template.findResources("AWS::EC2::NatGateway"));
    const allocations = gateways.map(({ Properties }) => Properties.AllocationId);
    expect(new Set(allocations.map((value) => value["Fn::GetAtt"][0]))).toEqual(
      new Set(Object.keys(addresses)),
    );
    // A function's subnets reach the internet through a NAT gateway alone, in two zones at the least.
    const [, deliver] = functionsOf(template).find(([id]) => id === "WorkersDeliver") ?? [];
    expect(deliver?.VpcConfig?.SubnetIds).toHaveLength(zones);
    const routes = Object.values(template.findResources("AWS::EC2::Route"));
    const ways = routes.map(({ Properties }) =>
      "NatGatewayId" in Properties ? "NAT" : "internet",
    );
    expect(ways.filter((way) => way === "NAT")).toHaveLength(zones);
  },
);

test("tables are reached without the NAT gateways", () => {
  const endpoints = Object.values(one.findResources("AWS::EC2::VPCEndpoint"));
  expect(endpoints).toHaveLength(1);
  expect(JSON.stringify(endpoints[0]?.Properties.ServiceName)).toContain(".dynamodb");
  expect(endpoints[0]?.Properties.RouteTableIds).not.toHaveLength(0);
});

test("nothing can call in, and every TCP port can be called out to", () => {
  const groups = Object.values(one.findResources("AWS::EC2::SecurityGroup"));
  expect(groups.map(({ Properties }) => Properties.SecurityGroupIngress)).toEqual([undefined]);
  expect(groups[0]?.Properties.SecurityGroupEgress).toEqual([
    expect.objectContaining({ CidrIp: "0.0.0.0/0", IpProtocol: "tcp", FromPort: 0, ToPort: 65535 }),
  ]);
});

test("who asks is told the addresses, and so is the operator", () => {
  const told = (template: Template) =>
    functionsOf(template).find(([id]) => id === "ApiGetEgressAddresses")?.[1].Environment?.Variables
      .EGRESS_ADDRESSES;
  const ids = Object.keys(three.findResources("AWS::EC2::EIP"));
  expect(told(three)).toEqual({
    "Fn::Join": ["", ids.flatMap((Ref, n) => (n === 0 ? [{ Ref }] : [",", { Ref }]))],
  });
  three.hasOutput("EgressAddresses", { Value: told(three) });
  expect(told(own)).toBe("203.0.113.10,203.0.113.16/28");
  own.hasOutput("EgressAddresses", { Value: "203.0.113.10,203.0.113.16/28" });
  expect(told(usual)).toBe("");
});

test("the code of a function may not touch the interfaces that Lambda makes for it", () => {
  for (const { functionId, statements } of functionRoles(one)) {
    const ec2 = statements.filter(({ Action }) => Action.some((one) => one.startsWith("ec2:")));
    if (!receivers.includes(withoutHash(functionId))) {
      expect(ec2).toEqual([]);
      continue;
    }
    const [allowed, denied, ...others] = ec2;
    expect(others).toEqual([]);
    expect(denied).toMatchObject({
      Action: allowed?.Action,
      Effect: "Deny",
      Condition: { ArnLike: { "lambda:SourceFunctionArn": "arn:*:lambda:*:*:function:*" } },
    });
  }
});

test("a function is made once its calls can leave", () => {
  const deliver = Object.entries(one.findResources("AWS::Lambda::Function")).find(
    ([id]) => withoutHash(id) === "WorkersDeliver",
  )?.[1];
  const routes = Object.entries(one.findResources("AWS::EC2::Route"))
    .filter(([, { Properties }]) => "NatGatewayId" in Properties)
    .map(([id]) => id);
  expect(deliver?.DependsOn).toEqual(expect.arrayContaining(routes));
});

test.each([
  ["both", { staticAddresses: 1, vpc: otherSettings.vpc.vpc }, /Not together/],
  ["four addresses", { staticAddresses: 4 }, /staticAddresses/],
  ["a network without subnets", { vpc: { ...otherSettings.vpc.vpc, subnetIds: [] } }, /subnetIds/],
  ["no address", { vpc: { ...otherSettings.vpc.vpc, addresses: ["localhost"] } }, /addresses/],
])("%s is refused", (_, settings, message) => {
  expect(() => synthesize(settings)).toThrow(message);
});
