import { createPublicKey, type KeyObject } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { openSigningKeyRing } from "../../../../shared/store/secrets/signing-key-ring.ts";
import {
  openSigningKeyReader,
  openSigningKeyStore,
} from "../../../../shared/store/secrets/signing-keys.ts";
import { type Database, dynamoDatabase } from "../../../../shared/store/table/database.ts";
import { conflict, openTable } from "../../../../shared/store/table/table.ts";
import { useTables } from "../embedded-tables.ts";

useTables();

const nowMs = Date.UTC(2024, 0, 24, 23, 20, 28);
const minuteMs = 60_000;

let serial = 0;
let cacheName = "";
let opened: string[] = [];
beforeEach(() => {
  serial += 1;
  cacheName = `cache ${serial}`;
  opened = [];
});

/** Seals so that a test can read it, and tells what was opened. */
const vault = {
  sealText: async (owner: string, purpose: string, text: string) => `${owner}|${purpose}|${text}`,
  async openText(owner: string, purpose: string, sealed: string) {
    opened.push(sealed);
    const [ownerIn, purposeIn, text = ""] = sealed.split("|");
    expect([ownerIn, purposeIn]).toEqual([owner, purpose]);
    return new Secret(text);
  },
};
const store = openSigningKeyStore(vault);
const reader = openSigningKeyReader();

/** The tables, and the cache names whose rows were read one by one. */
function countedDatabase() {
  const reads: string[] = [];
  const database: Database = {
    ...dynamoDatabase,
    open: (name) => {
      const table = dynamoDatabase.open(name);
      return {
        ...table,
        get: (key) => {
          reads.push(key.pk);
          return table.get(key);
        },
      };
    },
  };
  return { database, reads };
}

function publicBytes(key: KeyObject): string {
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return Buffer.from(x, "base64url").toString("base64");
}

async function rotate(atMs: number, previousUntilMs: number) {
  const rotated = await store.rotate(cacheName, atMs, previousUntilMs);
  if (rotated === conflict) throw new Error("a conflict");
  return rotated;
}

test("makes one pair for a cache, however often and by however many it is asked for", async () => {
  await Promise.all(Array.from({ length: 5 }, () => store.ensure(cacheName, nowMs)));
  const made = await reader.find(cacheName);
  await store.ensure(cacheName, nowMs + 1);
  expect(await reader.find(cacheName)).toEqual(made);
  expect(made?.sealedPrivateKey).toMatch(`${cacheName}|signing-key|`);
  expect(await reader.find("another")).toBeUndefined();
});

test("a rotation keeps the pair before it, and the next one forgets that", async () => {
  await store.ensure(cacheName, nowMs);
  const first = await reader.find(cacheName);
  const second = await rotate(nowMs, nowMs + minuteMs);
  expect(second).toMatchObject({
    previousPublicKey: first?.publicKey,
    sealedPreviousPrivateKey: first?.sealedPrivateKey,
    previousUntilMs: nowMs + minuteMs,
  });
  const third = await rotate(nowMs + 1, nowMs + minuteMs);
  expect(third.previousPublicKey).toBe(second.publicKey);
  expect(await reader.find(cacheName)).toEqual(third);
  expect(new Set([first?.publicKey, second.publicKey, third.publicKey]).size).toBe(3);
});

test("a rotation of a cache without a pair makes the first one", async () => {
  const made = await rotate(nowMs, nowMs + minuteMs);
  expect(made).not.toHaveProperty("previousPublicKey");
  expect(await reader.find(cacheName)).toEqual(made);
});

test("a rotation that read what was sealed again meanwhile does not bring the old text back", async () => {
  await store.ensure(cacheName, nowMs);
  const table = openTable("WEBHOOKS_TABLE");
  const sealing = openSigningKeyStore({
    async sealText(owner, purpose, text) {
      await table.update(keys.signingKeys(owner), {
        text: "SET sealedPrivateKey = :again",
        values: { ":again": "sealed again" },
      });
      return vault.sealText(owner, purpose, text);
    },
  });
  expect(await sealing.rotate(cacheName, nowMs, nowMs + minuteMs)).toBe(conflict);
  expect((await reader.find(cacheName))?.sealedPrivateKey).toBe("sealed again");
});

test("signs with the current key, and with the previous one until its grace is over", async () => {
  await store.ensure(cacheName, nowMs);
  const { publicKey, previousPublicKey } = await rotate(nowMs, nowMs + minuteMs);
  const ring = openSigningKeyRing(vault);
  const during = await ring.keysOf(cacheName, nowMs + minuteMs - 1);
  expect(during.map(publicBytes)).toEqual([publicKey, previousPublicKey]);
  const after = await ring.keysOf(cacheName, nowMs + minuteMs);
  expect(after.map(publicBytes)).toEqual([publicKey]);
});

test("a warm environment reads and opens nothing for a delivery; many at once read once", async () => {
  await store.ensure(cacheName, nowMs);
  const { database, reads } = countedDatabase();
  const ring = openSigningKeyRing(vault, database);
  await Promise.all(Array.from({ length: 10 }, () => ring.keysOf(cacheName, nowMs)));
  expect(reads).toEqual([`signing-keys/${cacheName}`]);
  for (let age = 0; age < minuteMs; age += 1_000) await ring.keysOf(cacheName, nowMs + age);
  expect(reads).toHaveLength(1);
  expect(opened).toHaveLength(1);
});

test("a batch asks again after half a minute for caches that sign, and for no other", async () => {
  await store.ensure(cacheName, nowMs);
  const { database, reads } = countedDatabase();
  const ring = openSigningKeyRing(vault, database);
  expect(ring.ageing([cacheName, "plain"], nowMs)).toEqual([]);
  await ring.keysOf(cacheName, nowMs);
  expect(ring.ageing([cacheName, "plain"], nowMs + 29_999)).toEqual([]);
  expect(ring.ageing([cacheName, "plain"], nowMs + 30_000)).toEqual([cacheName]);

  const { publicKey } = await rotate(nowMs, nowMs);
  const row = await openTable("WEBHOOKS_TABLE").get(keys.signingKeys(cacheName));
  ring.learn([cacheName], row ? [row, { cacheName: "odd" }] : [], nowMs + 30_000);
  const signing = await ring.keysOf(cacheName, nowMs + 89_999);
  expect(signing.map(publicBytes)).toEqual([publicKey]);
  expect(reads).toHaveLength(1);
});

test("what no batch has renewed within a minute is read again, also when the clock was set back", async () => {
  await store.ensure(cacheName, nowMs);
  const { database, reads } = countedDatabase();
  const ring = openSigningKeyRing(vault, database);
  await ring.keysOf(cacheName, nowMs);
  await ring.keysOf(cacheName, nowMs + minuteMs);
  await ring.keysOf(cacheName, nowMs);
  expect(reads).toHaveLength(3);
  expect(opened).toHaveLength(1);
});

test("a cache without a pair signs nothing, and a text that does not open is tried again", async () => {
  const { database, reads } = countedDatabase();
  expect(await openSigningKeyRing(vault, database).keysOf(cacheName, nowMs)).toEqual([]);
  expect(reads).toHaveLength(1);
  await store.ensure(cacheName, nowMs);
  let isBroken = true;
  const ring = openSigningKeyRing({
    openText: async (...of) => {
      if (isBroken) throw new Error("KMS is away");
      return vault.openText(...of);
    },
  });
  await expect(ring.keysOf(cacheName, nowMs)).rejects.toThrow("KMS is away");
  isBroken = false;
  expect(await ring.keysOf(cacheName, nowMs)).toHaveLength(1);
});
