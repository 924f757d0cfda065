import type { CfnStage, HttpRoute, HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import { type OperationId, routes } from "../shared/contract/routes.ts";
import type { Settings } from "./settings/settings.ts";

interface Throttle {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/**
 * Operations that are not to take as much of the account as the others. All keys share a route's bucket, so each key
 * meets a bound of its own first, and the burst is far above what one key in a hurry sends.
 */
const throttles: Partial<Record<OperationId, Throttle>> = {
  // A test holds its function for as long as the receiver is silent.
  testWebhook: { ratePerSecond: 20, burst: 100 },
  // It is long and asks for no key: at the stage's rate, anybody could have it sent for tens of thousands of dollars a month.
  getOpenApi: { ratePerSecond: 10, burst: 50 },
  // It asks for no key either, and each call reads a row; receivers keep the keys.
  getPublicKeys: { ratePerSecond: 20, burst: 100 },
};

/** Gives those routes a throttle of their own, never above that of the whole stage. */
export function throttleRoutes(
  stage: HttpStage,
  made: ReadonlyMap<OperationId, HttpRoute>,
  { throttleRate, throttleBurst }: Settings,
): void {
  const routeSettings: Record<string, object> = {};
  for (const [operationId, route] of made) {
    const throttle = throttles[operationId];
    if (!throttle) continue;
    const { method, path } = routes[operationId];
    routeSettings[`${method} ${path}`] = {
      ThrottlingRateLimit: Math.min(throttle.ratePerSecond, throttleRate),
      ThrottlingBurstLimit: Math.min(throttle.burst, throttleBurst),
    };
    // API Gateway refuses settings of a route that does not exist yet.
    stage.node.addDependency(route);
  }
  // A stage of this class is made of this resource.
  (stage.node.defaultChild as CfnStage).routeSettings = routeSettings;
}
