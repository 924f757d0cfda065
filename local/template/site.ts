import * as z from "zod/mini";
import type { LambdaFunction } from "./functions.ts";
import { type Headers, readHeadersPolicies } from "./headers-policies.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** Where the site is: it has no name of its own. */
export const sitePath = "/console/";
/** Where its folder `portal` is. */
export const portalPath = "/portal/";

/** Files behind a distribution, as a browser sees them. */
export interface Site {
  /** Holds the files. */
  folder: string;
  /** Which headers go with which paths, the first that fits. */
  behaviors: Behavior[];
}

interface Behavior {
  /** Of paths without their first slash. */
  paths: RegExp;
  headers: Headers;
}

const CacheBehavior = z.object({
  PathPattern: z._default(z.string(), "*"),
  TargetOriginId: z.string(),
  ResponseHeadersPolicyId: z.optional(z.string()),
});

const DistributionProperties = z.object({
  DistributionConfig: z.object({
    DefaultCacheBehavior: CacheBehavior,
    CacheBehaviors: z._default(z.array(CacheBehavior), []),
  }),
});

const DeploymentProperties = z.object({ SourceObjectKeys: z.array(z.string()) });

/** The template's one distribution, or undefined when it has none; `assetFolders` as for functions. */
export function readSite(
  resources: Resource[],
  assetFolders: ReadonlyMap<string, string>,
): Site | undefined {
  const [distribution, another] = ofType(resources, "AWS::CloudFront::Distribution");
  if (!distribution) return undefined;
  if (another) throw new Error(`${another.logicalId}: one distribution runs here, not two`);

  const { DistributionConfig } = parseProperties(DistributionProperties, distribution);
  const { DefaultCacheBehavior, CacheBehaviors } = DistributionConfig;
  const policies = readHeadersPolicies(resources);
  const behaviors = [...CacheBehaviors, DefaultCacheBehavior]
    // The other origin is the API, which the gateway stands for.
    .filter(({ TargetOriginId }) => TargetOriginId === DefaultCacheBehavior.TargetOriginId)
    .map(({ PathPattern, ResponseHeadersPolicyId = "" }) => ({
      paths: matching(PathPattern),
      headers: policies.get(ResponseHeadersPolicyId) ?? {},
    }));
  return { folder: deployedFolder(resources, assetFolders), behaviors };
}

/** Says to functions where the site is here, in place of the name that its distribution would have. */
export function withSiteUrl(functions: LambdaFunction[], resources: Resource[], apiUrl: string) {
  const [distribution] = ofType(resources, "AWS::CloudFront::Distribution");
  if (!distribution) return functions;
  const deployed = `https://${distribution.logicalId}.DomainName/`;
  const textHere = (text: string) => text.replaceAll(deployed, apiUrl + sitePath);
  return functions.map((fn) => {
    const variables = Object.entries(fn.variables).map(([name, text]) => [name, textHere(text)]);
    return { ...fn, variables: Object.fromEntries(variables) };
  });
}

/** In a pattern `*` stands for anything and `?` for one character. */
function matching(pattern: string): RegExp {
  const source = pattern
    .replace(/^\//, "")
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("\\*", ".*")
    .replaceAll("\\?", ".");
  return new RegExp(`^${source}$`);
}

function deployedFolder(resources: Resource[], assetFolders: ReadonlyMap<string, string>): string {
  const folders = ofType(resources, "Custom::CDKBucketDeployment").flatMap((deployment) =>
    parseProperties(DeploymentProperties, deployment).SourceObjectKeys.map((key) =>
      assetFolders.get(key),
    ),
  );
  const [folder, another] = folders;
  if (!folder || another) throw new Error("a distribution here has the files of one folder");
  return folder;
}
