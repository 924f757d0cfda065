import { BlockList, isIP } from "node:net";

type TextTest = (text: string) => boolean;

/** `*` stands for any text, `\*` and `\\` for themselves; undefined where two of `*` follow each other. */
export function wildcardTest(wildcard: string): TextTest | undefined {
  const pieces = [""];
  for (const [token, escaped] of wildcard.matchAll(/\\([\\*])|./gs)) {
    if (token !== "*") pieces.push(`${pieces.pop()}${escaped ?? token}`);
    else if (pieces.length > 1 && pieces.at(-1) === "") return undefined;
    else pieces.push("");
  }
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}

/** Whether an address is in a block such as `10.0.0.0/24`; undefined where that is no block. */
export function cidrTest(cidr: string): TextTest | undefined {
  const [address = "", prefix = "", ...more] = cidr.split("/");
  const family = isIP(address);
  const bits = Number(prefix);
  const isBlock = /^\d{1,3}$/.test(prefix) && bits <= (family === 6 ? 128 : 32);
  if (family === 0 || more.length > 0 || !isBlock) return undefined;
  const block = new BlockList();
  block.addSubnet(address, bits, family === 6 ? "ipv6" : "ipv4");
  return (text) => {
    const given = isIP(text);
    return given === family && block.check(text, given === 6 ? "ipv6" : "ipv4");
  };
}
