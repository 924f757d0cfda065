import { ulidBytes, ulidOfId } from "../ids/ids.ts";

/**
 * A message's UUID: its ULID with the marks of UUID version 7 set, which begins with the same 48 bits
 * of time. Nothing is drawn or stored, so every attempt and every webhook shows the same one.
 */
export function notificationId(messageId: string): string {
  const bytes = ulidBytes(ulidOfId(messageId));
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6); // version 7
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8); // the variant of RFC 9562
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
