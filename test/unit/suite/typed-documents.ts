/** For each document with commands, the test that types them into a shell. */
export const typed: Readonly<Record<string, string>> = {
  "CONTRIBUTING.md": "test/system/documents/own-project.test.ts",
  "README.md": "test/system/documents/readme.test.ts",
  "docs/alerts.md": "test/system/documents/guides.test.ts",
  "docs/cli.md": "test/system/cli/tour.test.ts",
  "docs/client-go.md": "test/system/clients/go-documents.test.ts",
  "docs/console.md": "test/system/documents/other-pages.test.ts",
  "docs/construct.md": "test/system/packages/readmes.test.ts",
  "docs/deploy.md": "test/deploy/documents/deploy-guide.test.ts",
  "docs/destination-auth.md": "test/system/documents/other-pages.test.ts",
  "docs/event-types.md": "test/system/documents/other-pages.test.ts",
  "docs/events-in.md": "test/system/documents/other-pages.test.ts",
  "docs/existing-receivers.md": "test/system/receivers/existing-receivers.test.ts",
  "docs/filters.md": "test/system/documents/other-pages.test.ts",
  "docs/formats.md": "test/system/documents/guides.test.ts",
  "docs/local.md": "test/system/documents/other-pages.test.ts",
  "docs/migrate-from-convoy.md": "test/system/documents/migration-guides.test.ts",
  "docs/migrate-from-outpost.md": "test/system/documents/migration-guides.test.ts",
  "docs/migrate-from-sns.md": "test/system/documents/migration-guides.test.ts",
  "docs/migrate-from-svix.md": "test/system/documents/migration-guides.test.ts",
  "docs/migrate-from-your-own-sender.md": "test/system/documents/own-sender.test.ts",
  "docs/outbox.md": "test/system/documents/other-pages.test.ts",
  "docs/recover.md": "test/system/documents/guides.test.ts",
  "docs/retries.md": "test/system/documents/guides.test.ts",
  "docs/runbook.md": "test/deploy/documents/runbook.test.ts",
  "docs/verify.md": "test/system/documents/verify-by-hand.test.ts",
  "examples/client/README.md": "test/system/packages/readmes.test.ts",
  "examples/express/README.md": "test/system/receivers/example-receivers.test.ts",
  "examples/fastapi/README.md": "test/system/receivers/example-receivers.test.ts",
  "examples/go/README.md": "test/system/receivers/example-receivers.test.ts",
  "examples/go-client/README.md": "test/system/clients/go-documents.test.ts",
  "examples/go-queue/README.md": "test/system/clients/queue-publishers.test.ts",
  "examples/portal-plain/README.md": "test/system/packages/readmes.test.ts",
  "examples/python/README.md": "test/system/clients/python-documents.test.ts",
  "packages/client/README.md": "test/system/packages/readmes.test.ts",
  "packages/hookcast/README.md": "test/system/packages/readmes.test.ts",
};

/** Those that no test types, and why; `npm test` prints it. */
export const excused: Readonly<Record<string, string>> = {
  "docs/client-python.md":
    "its commands are those of the README, which python-documents.test.ts types",
  "docs/performance.md":
    "the bench takes minutes of an idle machine; test/system/bench.test.ts runs a quick one",
  "docs/portal.md": "its commands are those of examples/portal-plain, with a build before them",
  "examples/lambda/README.md":
    "it ends in an upload; test/system/example-lambda.test.ts runs the function",
  "examples/portal-react/README.md":
    "it installs React; test/browser/portal bundles and opens the page",
  "packages/cdk/README.md":
    "it installs the CDK; test/infra/package.test.ts unpacks the archive by hand",
};
