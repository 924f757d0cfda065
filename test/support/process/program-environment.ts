/**
 * This machine's environment without what would lead a program past a local run: the settings of AWS's SDKs, which come
 * from the run alone, and a proxy between the program and 127.0.0.1.
 */
export function programEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const usual = Object.entries(env).filter(([name]) => !name.startsWith("AWS_"));
  const named = env.NO_PROXY || env.no_proxy;
  const noProxy = [...(named ? [named] : []), "127.0.0.1", "localhost"].join(",");
  return { ...Object.fromEntries(usual), NO_PROXY: noProxy, no_proxy: noProxy };
}
