import { hash } from "node:crypto";
import * as z from "zod/mini";
import { invalidParameter } from "../sqs-error.ts";

const maxAttributes = 10;

export const MessageAttribute = z.object({
  DataType: z.string().check(z.regex(/^(String|Number|Binary)(\.|$)/), z.maxLength(256)),
  StringValue: z.optional(z.string()),
  BinaryValue: z.optional(z.string()),
});

export const MessageAttributes = z.record(
  z.string().check(z.regex(/^[\w.-]{1,256}$/)),
  MessageAttribute,
);

type MessageAttribute = z.infer<typeof MessageAttribute>;
export type MessageAttributes = z.infer<typeof MessageAttributes>;

export function assertAttributes(attributes: MessageAttributes): void {
  if (Object.keys(attributes).length > maxAttributes) {
    throw invalidParameter(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [${maxAttributes}].`,
    );
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    if (bytesOf(attribute).length > 0) continue;
    throw invalidParameter(
      `Message attribute '${name}' must contain a non-empty value of type '${attribute.DataType}'.`,
    );
  }
}

/** Names, types and values count towards the size of a message. */
export function attributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType);
    bytes += bytesOf(attribute).length;
  }
  return bytes;
}

/** The digest that the SDK compares: name, type, kind and value of each in name order, lengths before them. */
export function attributesMd5(attributes: MessageAttributes): string {
  const parts: Buffer[] = [];
  for (const name of Object.keys(attributes).toSorted()) {
    const attribute = attributes[name];
    if (!attribute) continue;
    const kind = Buffer.from([isBinary(attribute) ? 2 : 1]);
    const [nameBytes, typeBytes] = [Buffer.from(name), Buffer.from(attribute.DataType)];
    parts.push(...counted(nameBytes), ...counted(typeBytes), kind, ...counted(bytesOf(attribute)));
  }
  return hash("md5", Buffer.concat(parts));
}

function counted(bytes: Buffer): [Buffer, Buffer] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

function bytesOf(attribute: MessageAttribute): Buffer {
  return isBinary(attribute)
    ? Buffer.from(attribute.BinaryValue ?? "", "base64")
    : Buffer.from(attribute.StringValue ?? "");
}

function isBinary({ DataType }: MessageAttribute): boolean {
  return DataType.startsWith("Binary");
}
