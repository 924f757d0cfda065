import * as z from "zod/mini";
import { ofType, parseProperties, type Resource } from "./resources.ts";

/** How much the gateway lets through. */
export interface Stage {
  /** For every route that has no limits of its own; undefined: all there is. */
  defaultThrottle: Throttle | undefined;
  /** By route key. */
  routeThrottles: Record<string, Throttle>;
}

export interface Throttle {
  ratePerSecond: number;
  burst: number;
}

const RouteSettings = z.object({
  ThrottlingRateLimit: z.optional(z.coerce.number()),
  ThrottlingBurstLimit: z.optional(z.coerce.number()),
});

const StageProperties = z.object({
  StageName: z.literal("$default", { error: "only the $default stage runs here" }),
  DefaultRouteSettings: z._default(RouteSettings, {}),
  RouteSettings: z._default(z.record(z.string(), RouteSettings), {}),
});

export function readStage(resources: Resource[]): Stage {
  const [stage] = ofType(resources, "AWS::ApiGatewayV2::Stage");
  if (!stage) return { defaultThrottle: undefined, routeThrottles: {} };
  const properties = parseProperties(StageProperties, stage);
  const routeThrottles = Object.entries(properties.RouteSettings).flatMap(([key, settings]) => {
    const throttle = throttleOf(settings);
    return throttle ? [[key, throttle] as const] : [];
  });
  return {
    defaultThrottle: throttleOf(properties.DefaultRouteSettings),
    routeThrottles: Object.fromEntries(routeThrottles),
  };
}

function throttleOf({
  ThrottlingRateLimit: ratePerSecond,
  ThrottlingBurstLimit: burst,
}: z.infer<typeof RouteSettings>): Throttle | undefined {
  if (ratePerSecond === undefined || burst === undefined) return undefined;
  return { ratePerSecond, burst };
}
