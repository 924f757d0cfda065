import { expect, test } from "vitest";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

const link = ["portal", "link", "orders", "--permission", "read", "--topic", "paid"];

/** What the service says to the session of such a link. */
async function portalOf(url: URL): Promise<Response> {
  const token = new URLSearchParams(url.hash.slice(1)).get("token") ?? "";
  const headers = { authorization: `Bearer ${token}` };
  return await fetch(`${cli.service.url}/api/v1/portal`, { headers });
}

test("a link leads into the portal, with what was asked for", async () => {
  const made = await cli.hookcast.done(...link, "--minutes", "15", "--locale", "fr");
  const url = new URL(made.trim());
  expect([url.origin, url.pathname]).toEqual([cli.service.url, "/portal/"]);
  expect((await fetch(url)).status).toBe(200);
  expect(await (await portalOf(url)).json()).toMatchObject({
    response: { cacheName: "orders", permissions: ["read"], topics: ["paid"], locale: "fr" },
  });
});

test("a link is ended by what stands beside it on stderr", async () => {
  const made = await cli.hookcast.run(link);
  expect(made.exitCode).toBe(0);
  const end = /hookcast (portal end \S+ \S+)$/.exec(made.stderr.trim())?.[1] ?? "";
  expect(await cli.hookcast.done(...end.split(" "))).toMatch(/^ses_\w+ is ended\n$/);
  // The gateway has seen its token never before, and so remembers nothing of it.
  expect((await portalOf(new URL(made.stdout.trim()))).status).toBe(403);
});

test("with --json a program gets the session, and what is no permission is refused", async () => {
  const { hookcast } = cli;
  expect(await hookcast.documents(...link)).toMatchObject([
    { sessionId: expect.stringMatching(/^ses_/), token: expect.stringMatching(/^hkp_/) },
  ]);
  const refused = await hookcast.run(["portal", "link", "orders", "--permission", "publish"]);
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toContain("read, manage, resend, secret");
});
