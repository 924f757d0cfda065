import { expect, test } from "vitest";
import type { Invoke } from "../../../local/lambda/functions.ts";
import type { RequestAuthorizer } from "../../../local/template/authorizers.ts";
import { echo, echoed, refusal, serve } from "./gateway-under-test.ts";

const guard: RequestAuthorizer = {
  id: "guard",
  functionName: "guard",
  identitySources: [{ kind: "header", name: "authorization" }],
  cacheSeconds: 60,
};

/** An authorizer that admits "good", next to a route that echoes. */
function guarded(asked: unknown[]): Invoke {
  return async (functionName, event) => {
    if (functionName !== "guard") return await echo(functionName, event);
    asked.push(event);
    // The part of an authorizer's event that is read here.
    const [identity] = (event as { identitySource: string[] }).identitySource;
    if (identity === "broken") throw new Error("no");
    return { isAuthorized: identity === "good", context: { who: identity } };
  };
}

test("asks the authorizer once per identity and passes its context on", async () => {
  const asked: unknown[] = [];
  const routes = [{ routeKey: "GET /{x}", authorizer: guard }];
  const url = await serve(routes, guarded(asked));
  const ask = (path: string) => fetch(url + path, { headers: { authorization: "good" } });
  const event = await echoed(ask("/one"));
  expect(event.requestContext.authorizer).toEqual({ lambda: { who: "good" } });
  expect(await echoed(ask("/two"))).toMatchObject({
    requestContext: { authorizer: { lambda: { who: "good" } } },
  });
  expect(asked).toEqual([
    expect.objectContaining({
      type: "REQUEST",
      version: "2.0",
      identitySource: ["good"],
      routeKey: "GET /{x}",
      pathParameters: { x: "one" },
    }),
  ]);
});

test("refuses who has no identity, and without asking", async () => {
  const asked: unknown[] = [];
  const url = await serve([{ authorizer: guard }], guarded(asked));
  expect(await refusal(await fetch(url))).toEqual([401, { message: "Unauthorized" }]);
  expect(asked).toEqual([]);
});

test("refuses whom the authorizer does not admit, also from memory", async () => {
  const asked: unknown[] = [];
  const url = await serve([{ authorizer: guard }], guarded(asked));
  for (let round = 0; round < 2; round += 1) {
    const answer = await fetch(url, { headers: { authorization: "bad" } });
    expect(await refusal(answer)).toEqual([403, { message: "Forbidden" }]);
  }
  expect(asked).toHaveLength(1);
});

test("answers 500 when the authorizer fails, and asks again", async () => {
  const asked: unknown[] = [];
  const url = await serve([{ authorizer: guard }], guarded(asked));
  for (let round = 0; round < 2; round += 1) {
    const answer = await fetch(url, { headers: { authorization: "broken" } });
    expect(answer.status).toBe(500);
  }
  expect(asked).toHaveLength(2);
});
