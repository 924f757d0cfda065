import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { GatewayRefusal } from "./api-response.ts";

export interface RequestBody {
  body?: string;
  isBase64Encoded: boolean;
}

const maxBodyBytes = 10 * 1024 * 1024;

const textual = /^(text\/[^;]*|application\/(json|javascript|xml|[^;]*\+(json|xml)))\s*(;|$)/i;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers["content-length"]) > maxBodyBytes) throw new GatewayRefusal(413);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new GatewayRefusal(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * A body travels as text when its type is textual, otherwise as base64, as with API Gateway. Text
 * that is not UTF-8 goes as base64 as well: replacement characters would change what was sent.
 */
export function encodeBody(bytes: Buffer, contentType: string | undefined): RequestBody {
  if (bytes.length === 0) return { isBase64Encoded: false };
  if (textual.test(contentType ?? "") && isUtf8(bytes)) {
    return { body: bytes.toString("utf8"), isBase64Encoded: false };
  }
  return { body: bytes.toString("base64"), isBase64Encoded: true };
}
