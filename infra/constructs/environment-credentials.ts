import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands in for the SDK's whole credential chain in every bundle: Lambda gives a function its
 * credentials in the environment, and profiles, SSO and the metadata service are 135 kB and 20 ms of
 * each cold start that no function can use.
 */
export const defaultProvider = fromEnv;
