/** An address as its bytes: 4 of IPv4, 16 of IPv6. */
type Address = readonly number[];

/** Addresses that begin with the same bits. */
export interface IpBlock {
  readonly address: Address;
  readonly bits: number;
}

/** `10.0.0.0/24` or `2001:db8::/32`; undefined for any other text. */
export function readBlock(text: string): IpBlock | undefined {
  const [written = "", bitsText = "", ...others] = text.split("/");
  const address = readAddress(written);
  const isNumber = bitsText.length > 0 && bitsText.length < 4 && [...bitsText].every(isDigit);
  if (!address || !isNumber || others.length > 0) return undefined;
  const bits = Number(bitsText);
  return bits <= address.length * 8 ? { address, bits } : undefined;
}

export function isInBlock(text: string, { address, bits }: IpBlock): boolean {
  const other = readAddress(text);
  if (other?.length !== address.length) return false;
  return address.every((byte, index) => {
    const shift = 8 - Math.min(8, Math.max(0, bits - index * 8));
    return byte >> shift === (other[index] ?? 0) >> shift;
  });
}

/** More is no address. */
const maxCharacters = 45;

function readAddress(text: string): Address | undefined {
  if (text.length > maxCharacters) return undefined;
  return text.includes(":") ? readIpv6(text) : readIpv4(text);
}

function readIpv4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const isByte = (part: string) =>
    part.length > 0 && part.length < 4 && [...part].every(isDigit) && Number(part) < 256;
  // Some read a leading zero as octal: such a part has no meaning that all share.
  const isPlain = (part: string) => part === "0" || !part.startsWith("0");
  return parts.every((part) => isByte(part) && isPlain(part)) ? parts.map(Number) : undefined;
}

/** An IPv4 address in IPv6's clothes is taken for what it is. */
const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function readIpv6(text: string): Address | undefined {
  const [head = "", tail, ...others] = text.split("::");
  if (others.length > 0) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (!before || !after) return undefined;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  const bytes = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  const isMapped = mappedPrefix.every((byte, index) => bytes[index] === byte);
  return isMapped ? bytes.slice(mappedPrefix.length) : bytes;
}

/** The bytes of groups between colons; the last may be an IPv4 address. */
function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const ipv4 = index === groups.length - 1 ? readIpv4(group) : undefined;
    if (ipv4) bytes.push(...ipv4);
    else if (group.length > 0 && group.length < 5 && [...group].every(isHexDigit)) {
      const number = Number.parseInt(group, 16);
      bytes.push(number >> 8, number & 255);
    } else return undefined;
  }
  return bytes;
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

function isHexDigit(character: string): boolean {
  const lower = character.toLowerCase();
  return isDigit(character) || (lower >= "a" && lower <= "f");
}
