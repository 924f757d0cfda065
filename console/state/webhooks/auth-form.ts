import type { ClientCertificate } from "../../../shared/contract/values/client-certificate.ts";
import type { DestinationAuth } from "../../../shared/contract/values/destination-auth.ts";

/** Sent for a secret that nobody typed: the stored one stays. */
const unchanged = "•••";

/** What the form says of the destination's own auth; null for none. */
export function authOf(field: (name: string) => string): DestinationAuth | null {
  const secret = field("authSecret") || unchanged;
  const given = (name: string) => field(name).trim();
  switch (field("authType")) {
    case "basic":
      return { type: "basic", username: given("authUser"), password: secret };
    case "bearer":
      return { type: "bearer", token: secret.trim() };
    case "oauth2":
      return {
        type: "oauth2",
        tokenUrl: given("authTokenUrl"),
        clientId: given("authUser"),
        clientSecret: secret,
        ...(given("authScope") && { scope: given("authScope") }),
        ...(given("authAudience") && { audience: given("authAudience") }),
        ...(field("authClient") === "post" && { clientAuthentication: "post" as const }),
      };
    default:
      return null;
  }
}

/** What the form says of the client certificate; null for none. */
export function certificateOf(field: (name: string) => string): ClientCertificate | null {
  const given = (name: string) => field(name).trim();
  const [certificatePem, privateKeyPem, caPem] = [
    given("certificatePem"),
    given("privateKeyPem"),
    given("caPem"),
  ];
  if (certificatePem === "" && privateKeyPem === "" && caPem === "") return null;
  return {
    certificatePem,
    privateKeyPem: privateKeyPem || unchanged,
    ...(caPem !== "" && { caPem }),
  };
}
