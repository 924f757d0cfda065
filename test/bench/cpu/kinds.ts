import type { Spot } from "./profile.ts";

/** What a function spends its time on. */
export const cpuKinds = [
  "calling AWS",
  "signing AWS calls",
  "signing webhooks",
  "HTTP to webhooks",
  "Node's HTTP and sockets",
  "parsing and validation",
  "own code",
  "the local host",
  "other packages",
  "Node and V8",
  "garbage collection",
] as const;
export type CpuKind = (typeof cpuKinds)[number];

/** By the file that the code came from; the first that matches. */
const bySource: readonly [RegExp, CpuKind][] = [
  [/node_modules\/@(smithy\/signature-v4|aws-crypto|aws-sdk\/.*sign)/i, "signing AWS calls"],
  [/@(smithy|aws-sdk)\/.*(sigv4|signature|signing)/i, "signing AWS calls"],
  [/node_modules\/@(aws-sdk|smithy)\//, "calling AWS"],
  [/node_modules\/aws4\//, "signing AWS calls"],
  [/shared\/aws\/signing\.ts$/, "signing AWS calls"],
  [/shared\/aws\//, "calling AWS"],
  [/node_modules\/zod\//, "parsing and validation"],
  [/node_modules\//, "other packages"],
  [
    /shared\/domain\/(requests\/signatures|webhooks\/(sealed|webhook-secret))\.ts$/,
    "signing webhooks",
  ],
  [/shared\/http\//, "HTTP to webhooks"],
  [/(^|\/)local\//, "the local host"],
  [/(shared|functions)\//, "own code"],
  [
    /^node:(_http|http|https|net|tls|_tls|internal\/(http|net|stream_base|streams|js_stream|dns))/,
    "Node's HTTP and sockets",
  ],
  [/^node:internal\/(worker|per_context\/messageport)/, "the local host"],
];

/** Undefined for a thread that waits, and for the probe's own work. */
export function cpuKindOf(spot: Spot): CpuKind | undefined {
  const { functionName, url } = spot.frame;
  if (functionName === "(idle)" || isOfProbe(spot)) return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  const isJson = url === "" && (functionName === "parse" || functionName === "stringify");
  if (isJson) return "parsing and validation";
  const known = bySource.find(([pattern]) => pattern.test(spot.source))?.[1];
  if (known) return known;
  // What Node does in a caller's name is that caller's: a digest is part of the signing.
  return (spot.caller && cpuKindOf(spot.caller)) ?? "Node and V8";
}

function isOfProbe({ source, caller }: Spot): boolean {
  return source.endsWith("/worker-probe.ts") || (caller !== undefined && isOfProbe(caller));
}
