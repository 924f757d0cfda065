import { connect } from "node:net";
import { join } from "node:path";
import { eventually } from "../../../support/eventually.ts";
import { type Program, root, startProgram } from "../../../support/process/program.ts";
import { goEnvironment } from "../../clients/go.ts";

export const tlsVersions = ["1.2", "1.3"] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** What a program says of a delivery that it took, as far as it says anything. */
interface Met {
  readonly clientName?: string;
}

export interface OtherReceiver extends AsyncDisposable {
  readonly url: string;
  /** What it noted of a message; undefined before it has come. */
  find(messageId: string): Met | undefined;
  log(): string;
}

export interface ReceiverKind {
  /** The program that must be there. */
  readonly tool: string;
  /** Gives the command that starts it, once what has to be compiled is compiled. */
  prepare(folder: string): Promise<(version: TlsVersion, port: number) => string[]>;
  readonly watch: (program: Program) => (messageId: string) => Met | undefined;
}

const sources = join(root, "test/system/receivers/mutual-tls");

/** Receivers of nobody here: each demands a certificate of clients.pem, and shows that of server.pem. */
export const receiverKinds: Record<string, ReceiverKind> = {
  "Go's net/http": {
    tool: "go",
    async prepare(folder) {
      const binary = join(folder, "receiver");
      const args = ["build", "-o", binary, "receiver.go"];
      const env = { ...process.env, ...goEnvironment(folder) };
      await using build = startProgram("go", args, { cwd: sources, env });
      if ((await build.exited) !== 0) throw new Error(build.stderr());
      return (version, port) => [binary, folder, version, `${port}`];
    },
    watch: notedLines,
  },
  "Python's http.server": {
    tool: "python3",
    async prepare(folder) {
      const source = join(sources, "receiver.py");
      return (version, port) => ["python3", source, folder, version, `${port}`];
    },
    watch: notedLines,
  },
  "openssl s_server": {
    tool: "openssl",
    async prepare(folder) {
      const file = (name: string) => join(folder, name);
      const own = ["-cert", file("server.pem"), "-key", file("server.key")];
      const demands = ["-CAfile", file("clients.pem"), "-Verify", "3", "-verify_return_error"];
      return (version, port) => {
        const where = ["-accept", `127.0.0.1:${port}`, `-tls${version.replace(".", "_")}`];
        return ["openssl", "s_server", "-quiet", ...own, ...demands, ...where];
      };
    },
    watch: answerByHand,
  },
};

export async function startOther(
  [command = "", ...args]: readonly string[],
  port: number,
  { watch }: ReceiverKind,
): Promise<OtherReceiver> {
  const program = startProgram(command, args);
  const log = () => program.stdout() + program.stderr();
  let hasEnded = false;
  program.exited.then(() => {
    hasEnded = true;
  });
  await eventually(async () => hasEnded || (await accepts(port)));
  if (hasEnded) throw new Error(`${command} has ended: ${log()}`);
  return {
    url: `https://127.0.0.1:${port}/`,
    find: watch(program),
    log,
    [Symbol.asyncDispose]: program[Symbol.asyncDispose],
  };
}

/** Connects and hangs up, which a receiver takes for a handshake that was given up. */
async function accepts(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, "127.0.0.1");
  socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
  const isUp = await promise;
  socket.destroy();
  return isUp;
}

/** Of lines like `msg_1 name-of-the-client TLS 1.3`. */
function notedLines({ stdout }: Program) {
  return (messageId: string): Met | undefined => {
    const line = stdout()
      .split("\n")
      .find((one) => one.startsWith(`${messageId} `));
    const clientName = line?.split(" ")[1];
    return clientName === undefined ? undefined : { clientName };
  };
}

/** How a delivery of the test ends. */
export const lastField = '"isLast":true}';

/** `s_server` prints what comes and sends what it is given: who types the answer is this. */
function answerByHand({ child, stdout }: Program) {
  let answered = 0;
  child.stdout?.on("data", () => {
    for (; answered < stdout().split(lastField).length - 1; answered += 1) {
      child.stdin?.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
  });
  return (messageId: string): Met | undefined => (stdout().includes(messageId) ? {} : undefined);
}
