/** Set where what is published goes by the publish URL. */
export const publishUrlVariable = "HOOKCAST_CONTRACT_BY_PUBLISH_URL";

/** Tests of publish and publishBatch, which hold for both ways to reach them. */
export const filesOfBothEntrances: readonly string[] = [
  ...["publish", "publish-batch", "publish-batch-refusals", "publish-filters"].map(
    (name) => `test/contract/publish/${name}.test.ts`,
  ),
  ...["publish-twins", "formats"].map((name) => `test/contract/publish/${name}.test.ts`),
  ...["bad-input", "bad-paths", "errors", "permissions", "quota", "gateway"].map(
    (name) => `test/contract/gateway/${name}.test.ts`,
  ),
];
