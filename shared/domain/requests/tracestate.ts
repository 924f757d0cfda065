const key = /^([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})$/;
/** Visible ASCII and inner spaces, but for the comma and the equals sign. */
const value = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

const maxCharacters = 512;
const maxMembers = 32;

/** Whether it is a list as W3C Trace Context describes it, of a length that everybody has to take. */
export function isTracestate(text: string): boolean {
  if (text.length > maxCharacters) return false;
  const members = text
    .split(",")
    .map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ""))
    .filter((member) => member !== "");
  const keys = new Set(members.map((member) => member.split("=")[0]));
  return (
    members.length >= 1 &&
    members.length <= maxMembers &&
    keys.size === members.length &&
    members.every(isMember)
  );
}

function isMember(member: string): boolean {
  const equals = member.indexOf("=");
  return equals > 0 && key.test(member.slice(0, equals)) && value.test(member.slice(equals + 1));
}
