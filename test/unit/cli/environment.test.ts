import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { environmentAllowsHttp } from "../../../cli/profiles/address.ts";
import { chooseProfile } from "../../../cli/profiles/choose.ts";
import { profilesPath } from "../../../cli/profiles/file.ts";
import { useProxy } from "../../../cli/proxy.ts";

afterEach(() => void vi.unstubAllEnvs());

test.each(["", "relative/folder", "."])(
  "keeps profiles at home where XDG_CONFIG_HOME is %j",
  (value) => {
    vi.stubEnv("XDG_CONFIG_HOME", value);
    expect(profilesPath()).toBe(join(homedir(), ".config/hookcast/profiles.json"));
  },
);

test("keeps no profiles where there is no home", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "");
  vi.stubEnv("HOME", "");
  expect(profilesPath).toThrow("there is no home folder");
});

test("names the variable whose value is of no use", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "/nowhere");
  vi.stubEnv("HOOKCAST_KEY", "hk_1");
  vi.stubEnv("HOOKCAST_URL", " ");
  expect(() => chooseProfile(undefined)).toThrow("HOOKCAST_URL is not the address of a service");
  vi.stubEnv("HOOKCAST_URL", "https://api.example");
  vi.stubEnv("HOOKCAST_KEY", "hk_1 2");
  expect(() => chooseProfile(undefined)).toThrow("HOOKCAST_KEY is not a key");
  vi.stubEnv("HOOKCAST_ALLOW_HTTP", "yes");
  expect(environmentAllowsHttp).toThrow("HOOKCAST_ALLOW_HTTP must be 1, 0 or empty");
  for (const HTTPS_PROXY of ["proxy:3128", "nonsense", "socks5://user:secret@proxy"]) {
    expect(() => useProxy({ HTTPS_PROXY })).toThrow(/^HTTPS_PROXY is not the address of a proxy$/);
  }
});

test("takes a key that was copied out of a header", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "/nowhere");
  vi.stubEnv("HOOKCAST_URL", "https://api.example");
  vi.stubEnv("HOOKCAST_KEY", "Bearer hk_1");
  expect(chooseProfile(undefined)).toMatchObject({ key: "hk_1" });
});

test("knows a publish URL beside the service's address, and holds it to the same rules", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "/nowhere");
  vi.stubEnv("HOOKCAST_URL", "https://api.example");
  vi.stubEnv("HOOKCAST_KEY", "hk_1");
  vi.stubEnv("HOOKCAST_PUBLISH_URL", "");
  expect(chooseProfile(undefined).publishUrl).toBeUndefined();
  vi.stubEnv("HOOKCAST_PUBLISH_URL", "https://abc.lambda-url.eu-central-1.on.aws/");
  expect(chooseProfile(undefined).publishUrl).toBe("https://abc.lambda-url.eu-central-1.on.aws");
  vi.stubEnv("HOOKCAST_PUBLISH_URL", "http://publish.example/");
  expect(() => chooseProfile(undefined)).toThrow("http:// would send the key unencrypted");
});

test("takes an empty variable for one that is not set", () => {
  vi.stubEnv("XDG_CONFIG_HOME", "/nowhere");
  vi.stubEnv("HOOKCAST_KEY", "");
  vi.stubEnv("HOOKCAST_URL", "");
  expect(() => chooseProfile(undefined)).toThrow("no profile is in use");
  vi.stubEnv("HOOKCAST_ALLOW_HTTP", "");
  expect(environmentAllowsHttp()).toBe(false);
  useProxy({ HTTPS_PROXY: "", http_proxy: "" });
});
