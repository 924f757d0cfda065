/**
 * Imports point one way: contract <- domain <- runtime, aws <- store, queue, http <- delivery <- functions.
 * `tsPreCompilationDeps` makes type imports count as well: a type is knowledge too.
 * test/run.ts fails when nothing was cruised, so that a broken set-up cannot pass as a clean one.
 */

/** Node's own modules are resolved to their bare names: `crypto`, `fs/promises`. */
const builtin = "^(node:)?[a-z_]+(/promises|/web)?$";
const own = "^(cli|client|console|examples|functions|infra|local|ops|portal|shared|site|test)/";

/** Forbids `from` to import any file of the project but those in `allowed`. */
function onlyImports(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: from },
    to: { path: own, pathNot: allowed },
  };
}

/** Forbids `from` to import any npm package or Node module but those in `allowed`. */
function onlyPackages(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: from },
    to: { dependencyTypesNot: ["type-only", "unknown"], pathNot: [own, ...allowed] },
  };
}

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    onlyImports(
      "contract-knows-nothing",
      "^shared/contract/",
      ["^shared/contract/"],
      "The contract is what other processes see; it stands alone.",
    ),
    onlyImports(
      "domain-knows-the-contract",
      "^shared/domain/",
      ["^shared/(contract|domain)/"],
      "What is true does not depend on how it is hosted or stored.",
    ),
    onlyImports(
      "runtime-knows-the-domain",
      "^shared/runtime/",
      ["^shared/(contract|domain|runtime)/"],
      "Hosting a Lambda needs no store and no queue.",
    ),
    onlyImports(
      "aws-knows-the-domain",
      "^shared/aws/",
      ["^shared/(domain|aws)/"],
      "How AWS is called does not depend on what is asked of it.",
    ),
    onlyImports(
      "http-knows-no-aws",
      "^shared/http/",
      ["^shared/(contract|domain|runtime|http)/"],
      "What goes to webhooks has nothing of what goes to AWS.",
    ),
    onlyImports(
      "store-and-queue-are-neighbours",
      "^shared/(store|queue)/",
      ["^shared/(contract|domain|runtime|aws)/", "^shared/$1/"],
      "Store and queue do not know each other; delivery and the functions compose them.",
    ),
    onlyImports(
      "delivery-knows-no-function",
      "^shared/delivery/",
      ["^shared/"],
      "What happens to a message is told once, for every function that sends or delivers one.",
    ),
    onlyImports(
      "shared-knows-no-user",
      "^shared/",
      ["^shared/"],
      "What is shared does not depend on who shares it; nor does the product depend on its tests.",
    ),
    onlyImports(
      "functions-use-shared",
      "^functions/(?!publish-by-url\\.ts$)",
      ["^shared/"],
      "One file in functions/ is one Lambda: they meet in shared/, never each other.",
    ),
    onlyImports(
      "publish-url-hosts-three",
      "^functions/publish-by-url\\.ts$",
      [
        "^shared/",
        "^functions/(authorize|http/messages/publish|http/messages/publish-batch)\\.ts$",
      ],
      "The publish URL is the authorizer and both ways to publish, in one Lambda.",
    ),
    onlyImports(
      "infra-knows-the-contract",
      "^infra/",
      ["^infra/", "^shared/contract/"],
      "What exists is derived from the contract, not from what runs.",
    ),
    onlyImports(
      "client-knows-the-contract",
      "^client/",
      ["^client/", "^shared/contract/"],
      "A client may know only what the service promises.",
    ),
    onlyImports(
      "surfaces-use-the-client",
      "^(cli|console)/(?!event-types/validate\\.ts$)",
      ["^$1/", "^client/", "^shared/contract/"],
      "The client is the one description of how the service is spoken to.",
    ),
    onlyImports(
      "values-are-checked-as-publishes-are",
      "^cli/event-types/validate\\.ts$",
      ["^cli/", "^client/", "^shared/contract/", "^shared/domain/event-types/"],
      "What passes here must pass at publish, so the same code checks both.",
    ),
    onlyImports(
      "portal-shares-parts-of-the-console",
      "^portal/",
      ["^portal/", "^console/(parts|state)/", "^client/", "^shared/contract/"],
      "The two pages look and load alike; the console knows nothing of the portal.",
    ),
    {
      name: "portal-keeps-nothing",
      comment:
        "Its token is in memory alone, and a framed page may not touch the browser's storage.",
      severity: "error",
      from: { path: "^portal/" },
      to: { path: "^console/state/(recent|session|theme|zone)\\.ts$", reachable: true },
    },
    onlyImports(
      "local-imports-no-product",
      "^local/",
      ["^local/"],
      "The local run hosts the synthesized template; it must not know what it hosts.",
    ),
    onlyImports(
      "site-shows-documents",
      "^site/",
      ["^site/", "^shared/contract/"],
      "The site is made of documents; of the code it knows the description of the API.",
    ),
    onlyImports(
      "simulation-runs-functions",
      "^ops/simulate(/|\\.ts$)",
      ["^ops/", "^shared/", "^functions/(queue/|sweep\\.ts$)"],
      "The simulation runs what is deployed: the use cases of the queues' functions and of the sweeper.",
    ),
    onlyImports(
      "ops-use-shared",
      "^ops/(?!simulate(/|\\.ts$))",
      ["^ops/", "^shared/"],
      "Operators' programs speak to stores and queues, not to functions or stacks.",
    ),
    onlyPackages(
      "contract-needs-zod-alone",
      "^shared/contract/",
      ["node_modules/zod/"],
      "Everything that reads the contract pays for what it imports.",
    ),
    onlyPackages(
      "domain-is-pure",
      "^shared/domain/",
      ["node_modules/(zod|ipaddr\\.js)/", "^(node:)?(buffer|crypto|net|url|util|zlib)$"],
      "No I/O: what is left of Node are pure functions.",
    ),
    onlyPackages(
      "client-runs-in-browsers",
      "^client/(?!verify-momento\\.ts$)",
      [],
      "Only what browsers and Node have in common; the SHA-3 signature, which browsers cannot check, stands apart.",
    ),
    onlyPackages(
      "pages-load-fast",
      "^(console|portal)/",
      ["node_modules/(preact|@preact/signals|uplot)/"],
      "What the page imports is what every visitor loads, and none of it may need Node.",
    ),
    onlyPackages(
      "product-is-bundled-small",
      "^(functions|shared)/",
      [
        "node_modules/(zod|ipaddr\\.js)/",
        "node_modules/@middy/core/",
        "node_modules/(aws4|@aws-sdk/util-dynamodb)/",
        builtin,
      ],
      "A Lambda carries only these packages, of the SDK's clients no more than types; tools for building and testing stay out of it.",
    ),
    {
      name: "no-cycle",
      comment: "Two files that need each other are one idea, or hide a third.",
      severity: "error",
      from: { path: own },
      to: { circular: true },
    },
    {
      name: "no-orphan",
      comment: "A shared file that neither imports nor is imported is forgotten.",
      severity: "error",
      from: { orphan: true, path: "^shared/", pathNot: "\\.d\\.ts$" },
      to: {},
    },
    {
      name: "no-unresolved",
      comment:
        "An import that cannot be found would also escape every rule above; only site/ brings VitePress, when it is built.",
      severity: "error",
      from: { path: own },
      to: { couldNotResolve: true, pathNot: "^vitepress(/|$)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(cdk\\.out|dist|\\.hookcast)/|^site/(node_modules|\\.pages)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
