/** Loaded into a function before its own code: what it asks name servers goes to the one at `NAME_SERVER`. */
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const { NAME_SERVER = "" } = process.env;

class TestResolver extends dns.Resolver {
  constructor(options?: dns.ResolverOptions) {
    super(options);
    this.setServers([NAME_SERVER]);
  }
}
Object.assign(dns, { Resolver: TestResolver });
syncBuiltinESMExports();
