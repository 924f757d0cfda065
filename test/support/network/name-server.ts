import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";

export interface NameQuestion {
  name: string;
  type: "A" | "AAAA";
}

export interface NameReply {
  /** IPv4 in dotted form, IPv6 in full. None, and no code, says that there is no such record. */
  addresses?: string[];
  ttlSeconds?: number;
  /** In place of an answer. */
  code?: keyof typeof codes;
}

const codes = { noSuchName: 3, failed: 2, refused: 5 };
const types: Record<number, NameQuestion["type"]> = { 1: "A", 28: "AAAA" };

export interface NameServer extends AsyncDisposable {
  /** As `setServers` takes it. */
  address: string;
  asked: NameQuestion[];
}

/** A name server that answers what it is told to, and nothing at all where it is told `undefined`. */
export async function startNameServer(
  reply: (question: NameQuestion) => NameReply | undefined | Promise<NameReply | undefined>,
): Promise<NameServer> {
  const asked: NameQuestion[] = [];
  const socket = createSocket("udp4");
  let isOpen = true;
  socket.on("message", async (query: Buffer, { port, address }: RemoteInfo) => {
    const { question, end } = readQuestion(query);
    asked.push(question);
    const told = await reply(question);
    if (told && isOpen) socket.send(answerTo(query.subarray(0, end), told), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    async [Symbol.asyncDispose]() {
      isOpen = false;
      socket.close();
    },
  };
}

const headerBytes = 12;

function readQuestion(query: Buffer): { question: NameQuestion; end: number } {
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = types[query.readUInt16BE(at + 1)];
  if (!type) throw new Error("the name server was asked for something else than addresses");
  return { question: { name: labels.join("."), type }, end: at + 5 };
}

/** The question itself, and records whose names point back at it. */
function answerTo(question: Buffer, { addresses = [], ttlSeconds = 0, code }: NameReply): Buffer {
  const header = Buffer.from(question.subarray(0, headerBytes));
  header.writeUInt16BE(0x8180 | (code ? codes[code] : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt32BE(0, 8);
  const records = addresses.map((address) => {
    const bytes = address.includes(":")
      ? ipv6Bytes(address)
      : Buffer.from(address.split(".").map(Number));
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc000 | headerBytes, 0);
    record.writeUInt16BE(address.includes(":") ? 28 : 1, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(ttlSeconds, 6);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([header, question.subarray(headerBytes), ...records]);
}

function ipv6Bytes(address: string): Buffer {
  return Buffer.from(
    address
      .split(":")
      .map((group) => group.padStart(4, "0"))
      .join(""),
    "hex",
  );
}
