/** How the endpoints of partitions end, by how the names of their regions begin. */
const domains: Readonly<Record<string, string>> = {
  "cn-": "amazonaws.com.cn",
  "eusc-": "amazonaws.eu",
  "us-iso-": "c2s.ic.gov",
  "us-isob-": "sc2s.sgov.gov",
  "us-isof-": "csp.hci.ic.gov",
  "eu-isoe-": "cloud.adc-e.uk",
};

const urls = new Map<string, URL>();

/** A service's endpoint: the SDK's variables come first, as the local run and VPC endpoints set them. */
export function endpointOf(service: string, region: string): URL {
  const { env } = process;
  const address =
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??
    env.AWS_ENDPOINT_URL ??
    `https://${service}.${region}.${domainOf(region)}`;
  const known = urls.get(address);
  if (known) return known;
  const url = new URL(address);
  urls.set(address, url);
  return url;
}

function domainOf(region: string): string {
  const [, domain] = Object.entries(domains).find(([start]) => region.startsWith(start)) ?? [];
  return domain ?? "amazonaws.com";
}
