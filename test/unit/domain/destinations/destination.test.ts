import { expect, test } from "vitest";
import { checkDestination } from "../../../../shared/domain/destination.ts";

const onlyPublic = { allowPrivate: false };
const privateToo = { allowPrivate: true };

function longUrl(length: number): string {
  return "https://example.com/".padEnd(length, "x");
}

test.each([
  "https://client_domain.com/webhook",
  "https://example.com",
  "HTTPS://EXAMPLE.COM:8443/a?b=c&d=%23@",
  "https://bücher.example/",
  "https://8.8.8.8/",
  "https://[2606:4700:4700::1111]:444/",
  longUrl(2048),
])("takes %s", (url) => {
  expect(checkDestination(url, onlyPublic)).toBeUndefined();
});

test.each([
  ["", "The URL is not valid."],
  ["example.com", "The URL is not valid."],
  ["https://", "The URL is not valid."],
  ["https://1.2.3.4.5/", "The URL is not valid."],
  ["https://[fe80::1%25eth0]/", "The URL is not valid."],
  [longUrl(2049), "The URL must have at most 2,048 characters."],
  ["http://example.com/", "The URL must begin with https://."],
  ["ftp://example.com/", "The URL must begin with https://."],
  ["javascript:alert(1)", "The URL must begin with https://."],
  ["https:example.com", "The URL must have :// before its host."],
  ["https:/example.com", "The URL must have :// before its host."],
  ["https:///example.com", "The URL must have :// before its host."],
  ["https:?example.com", "The URL is not valid."],
  ["https://@example.com/", "The URL must not contain user info."],
  ["https://:@example.com/", "The URL must not contain user info."],
  ["https:\\\\example.com/", "The URL must not contain a back slash."],
  ["https://example.com\\@other.example/", "The URL must not contain a back slash."],
  ["https://example.com/a\\b", "The URL must not contain a back slash."],
  ["https://example.com/?a=\\", "The URL must not contain a back slash."],
  ["https://user@example.com/", "The URL must not contain user info."],
  ["https://:secret@example.com/", "The URL must not contain user info."],
  ["https://example.com/#part", "The URL must not contain a fragment."],
  ["https://example.com/?a#", "The URL must not contain a fragment."],
  [" https://example.com/", "The URL must not contain spaces or control characters."],
  ["https://exam\nple.com/", "The URL must not contain spaces or control characters."],
  ["https://example.com/\u0000", "The URL must not contain spaces or control characters."],
  ["https://LOCALHOST./", "The host localhost. is not allowed as a destination."],
  ["https://[::1]:8443/", "The host [::1]:8443 is not allowed as a destination."],
])("refuses %j and says why", (url, reason) => {
  expect(checkDestination(url, onlyPublic)).toBe(reason);
});

const spellings: Record<string, string[]> = {
  loopback: [
    "127.0.0.1",
    "127.1",
    "127.0.0.1.",
    "2130706433",
    "0x7f000001",
    "0X7F.1",
    "0177.0.0.1",
    "017700000001",
    "0x7f.0.0x0.01",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "%31%32%37.0.0.1",
    "0",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::FFFF:7F00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
  ],
  metadata: [
    "169.254.169.254",
    "2852039166",
    "0xA9FEA9FE",
    "0251.0376.0251.0376",
    "169.254.43518",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::1]",
    "[fd00:ec2::254]",
    "[FD00:0EC2:0:0::254]",
  ],
  names: [
    "localhost",
    "ⓛocalhost",
    "ｌｏｃａｌｈｏｓｔ",
    "local%68ost",
    "localhost\u3002",
    "app.localhost",
    "metadata.google.internal",
    "METADATA.google.INTERNAL.",
    "printer.local",
    "xn--bcher-kva.local",
    "bücher.local",
  ],
};

const hostsByKind = Object.entries(spellings).flatMap(([kind, hosts]) =>
  hosts.map((host) => [kind, host]),
);

test.each(hostsByKind)("sees %s behind %s", (_, host) => {
  expect(checkDestination(`https://${host}/`, onlyPublic)).toMatch(
    /is not allowed as a destination\.$/,
  );
});

test.each([
  "http://127.0.0.1:3000/",
  "http://localhost/",
  "https://printer.local/",
  "http://[::1]:8080/",
  "https://10.0.0.1/",
])("takes %s where private destinations are allowed", (url) => {
  expect(checkDestination(url, privateToo)).toBeUndefined();
});

test.each([
  "http://169.254.169.254/latest/meta-data/",
  "http://[fd00:ec2::254]/",
  "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
  "http://2130706433:9001/",
])("refuses %s even where private destinations are allowed", (url) => {
  expect(checkDestination(url, privateToo)).toMatch(/is not allowed as a destination\.$/);
});

test("keeps the rules of spelling where private destinations are allowed", () => {
  expect(checkDestination("ftp://127.0.0.1/", privateToo)).toBe(
    "The URL must begin with https://.",
  );
  expect(checkDestination("http://a@localhost/", privateToo)).toBe(
    "The URL must not contain user info.",
  );
});
