import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { eventually } from "../../support/eventually.ts";
import { root, startProgram } from "../../support/process/program.ts";
import type { LocalRun } from "../../support/service/local-run.ts";
import { installClient } from "../../system/installed-client.ts";

interface CustomerPage extends AsyncDisposable {
  readonly url: string;
}

/** The example's server with its page, as a SaaS would run it; in React the page's script is the other example's. */
export async function startCustomerPage(
  { url, key }: Pick<LocalRun, "url" | "key">,
  port: number,
  kind: "plain" | "react",
): Promise<CustomerPage> {
  const folder = await mkdtemp(join(tmpdir(), `hookcast-${kind}-`));
  await cp(join(root, "examples/portal-plain"), folder, { recursive: true });
  await installClient(join(folder, "node_modules/@hookcast/client"));
  if (kind === "react") await bundleReact(folder);
  const env = { ...process.env, HOOKCAST_URL: url, HOOKCAST_KEY: key, PORT: String(port) };
  const server = startProgram(process.execPath, ["server.js"], { env, cwd: folder });
  await eventually(() => server.stdout().includes(`http://127.0.0.1:${port}/`));
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      await server.end("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function bundleReact(folder: string): Promise<void> {
  await build({
    entryPoints: [join(root, "examples/portal-react/main.jsx")],
    outfile: join(folder, "page.js"),
    bundle: true,
    format: "esm",
    jsx: "automatic",
    alias: { "@hookcast/client/embed": join(root, "client/embed.ts") },
    define: { "process.env.NODE_ENV": '"development"' },
  });
}
