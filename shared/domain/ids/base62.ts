const digits62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bitsPerDigit = Math.log2(digits62.length);

/** Letters and digits only, so that a double click selects it; as wide for zeros as for any other bytes. */
export function encodeBase62(bytes: Uint8Array): string {
  let rest = BigInt(`0x00${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  while (rest > 0n) {
    text = digits62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text.padStart(Math.ceil((bytes.length * 8) / bitsPerDigit), "0");
}
