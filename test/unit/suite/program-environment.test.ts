import { expect, test } from "vitest";
import { programEnvironment } from "../../support/process/program-environment.ts";

test("a program reaches a local run, whatever this machine has set for AWS and for proxies", () => {
  const machine = {
    PATH: "/bin",
    HTTP_PROXY: "http://proxy.example:3128",
    no_proxy: "internal.example",
    AWS_PROFILE: "work",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
  };
  const noProxy = "internal.example,127.0.0.1,localhost";
  expect(programEnvironment(machine)).toEqual({
    PATH: "/bin",
    HTTP_PROXY: "http://proxy.example:3128",
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  });
  expect(programEnvironment({}).NO_PROXY).toBe("127.0.0.1,localhost");
});
