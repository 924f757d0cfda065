/** How the endpoints of partitions end, by how the names of their regions begin. */
const domains: Readonly<Record<string, string>> = {
  "cn-": "amazonaws.com.cn",
  "eusc-": "amazonaws.eu",
  "us-iso-": "c2s.ic.gov",
  "us-isob-": "sc2s.sgov.gov",
  "us-isof-": "csp.hci.ic.gov",
  "eu-isoe-": "cloud.adc-e.uk",
};

/** Where a service answers: the SDK's variables come first, as the local run and VPC endpoints set them. */
export function endpointOf(service: string, region: string): URL {
  const { env } = process;
  const set = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env.AWS_ENDPOINT_URL;
  if (set) return new URL(set);
  const [, domain] = Object.entries(domains).find(([start]) => region.startsWith(start)) ?? [];
  return new URL(`https://${service}.${region}.${domain ?? "amazonaws.com"}`);
}
