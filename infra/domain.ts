import {
  ApiMapping,
  DomainName,
  type HttpStage,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Construct } from "constructs";
import type { Settings } from "./settings/settings.ts";

/** The stage under a name of its own, beside the one that the gateway gives it. */
export function addDomain(
  scope: Construct,
  stage: HttpStage,
  { domainName, certificateArn }: Settings,
): DomainName | undefined {
  if (domainName === undefined || certificateArn === undefined) return undefined;
  const domain = new DomainName(scope, "Domain", {
    domainName,
    certificate: Certificate.fromCertificateArn(scope, "Certificate", certificateArn),
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  new ApiMapping(scope, "DomainMapping", { api: stage.api, domainName: domain, stage });
  return domain;
}
