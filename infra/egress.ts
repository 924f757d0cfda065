import { Fn, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  CfnEIP,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  NatProvider,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";
import type { Network } from "./permissions/network.ts";
import type { Settings } from "./settings/settings.ts";

/** Two zones for the functions at the least: an address in one is reached from the other. */
const minZones = 2;

/** Where the POSTs to receivers leave from. */
export class Egress extends Construct {
  /** Absent: Lambda's own network, with addresses that change. */
  readonly network: Network | undefined;
  /** What receivers see; empty where that is not fixed. */
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, { staticAddresses, vpc }: Settings) {
    super(scope, id);
    if (vpc) {
      this.network = { ...vpc, ways: [] };
      this.addresses = vpc.addresses;
    } else if (staticAddresses !== undefined) {
      const elasticIps = Array.from({ length: staticAddresses }, (_, n) => this.#elasticIp(n + 1));
      this.network = this.#networkBehind(elasticIps);
      this.addresses = elasticIps.map(({ ref }) => ref);
    } else {
      this.addresses = [];
    }
  }

  /** Receivers have allowed it: it outlives the stack, and the setting. */
  #elasticIp(n: number): CfnEIP {
    const elasticIp = new CfnEIP(this, `Address${n}`, { domain: "vpc" });
    elasticIp.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return elasticIp;
  }

  #networkBehind(elasticIps: readonly CfnEIP[]): Network {
    const zones = Math.max(minZones, elasticIps.length);
    const vpc = new Vpc(this, "Vpc", {
      ipAddresses: IpAddresses.cidr("10.73.0.0/16"),
      availabilityZones: Array.from({ length: zones }, (_, n) => Fn.select(n, Fn.getAzs())),
      natGateways: elasticIps.length,
      natGatewayProvider: NatProvider.gateway({
        eipAllocationIds: elasticIps.map(({ attrAllocationId }) => attrAllocationId),
      }),
      subnetConfiguration: [
        { name: "Public", subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: "Private", subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      ],
      // Free, and nearer than through the NAT gateways.
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
      restrictDefaultSecurityGroup: false,
    });
    Validations.of(vpc).acknowledge({
      id: "AwsSolutions-VPC7",
      reason:
        "Two functions alone use it, whose attempts are logged; flow logs would cost more than the NAT.",
    });
    const group = new SecurityGroup(this, "Functions", {
      vpc,
      description: "Functions that post to receivers",
      allowAllOutbound: false,
    });
    // Webhooks may use any port; who may be posted to is decided for each attempt, by address.
    group.addEgressRule(Peer.anyIpv4(), Port.allTcp(), "Receivers, and AWS");
    return {
      subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [group.securityGroupId],
      ways: [vpc.internetConnectivityEstablished, ...vpc.privateSubnets],
    };
  }
}
