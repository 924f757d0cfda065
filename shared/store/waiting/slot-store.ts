import * as z from "zod/mini";
import {
  absurdSlotMs,
  lastToldBeforeMs,
  planSlots,
  type SlotRequest,
  type Slots,
  slotsBefore,
  spacingMs,
} from "../../domain/breaker/slots.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";
import type { Table } from "../table/table.ts";

export interface Reservation extends SlotRequest {
  /** Whether what gets no slot is counted as waiting; otherwise what gets one waits no longer. */
  readonly countsRest: boolean;
}

export interface Reserved extends Slots {
  /** As many as could be had, the earliest first. */
  readonly slots: number[];
}

/** Gives out the moments at which webhooks with a rate may be posted to, each of them once. */
export interface SlotStore {
  /** One conditional update, if the slots are where this environment last saw them. */
  reserve(webhookId: string, reservation: Reservation): Promise<Reserved>;
  /** Nothing waits any more: what was counted twice is put right. */
  clear(webhookId: string): Promise<void>;
  find(webhookId: string): Promise<Slots | undefined>;
  /** Whether it falls to the caller to tell of a long backlog. */
  takeTelling(webhookId: string, nowMs: number): Promise<boolean>;
}

const SlotRow = z.object({
  nextSlotMs: z.optional(z.number()),
  waiting: z.optional(z.number()),
  toldTimeMs: z.optional(z.number()),
});
const keptSeconds = 8 * 86_400;
const tries = 5;
const maxRemembered = 1_000;
/** While nothing is free, an environment counts what must wait once in so long. */
const countEveryMs = 1_000;

/** What an environment last saw of a webhook's slots. */
interface Seen extends Slots {
  readonly timeMs: number;
  /** What must wait, and is not counted yet. An environment that ends meanwhile leaves it uncounted. */
  readonly uncounted: number;
}

export function openSlotStore(database: Database = dynamoDatabase): SlotStore {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  const seen = new Map<string, Seen>();

  const find = async (webhookId: string) => {
    const row = await table.get(keys.slots(webhookId));
    return row && slotsOf(row);
  };

  return {
    find,
    async reserve(webhookId, reservation) {
      if (seen.size > maxRemembered) seen.clear();
      const { howMany, fromMs } = reservation;
      for (let n = 0; n < tries; n += 1) {
        const known = seen.get(webhookId);
        const uncounted = known?.uncounted ?? 0;
        if (known && isSurelyFull(known, reservation)) {
          seen.set(webhookId, { ...known, uncounted: uncounted + howMany });
          return { ...known, waiting: known.waiting + uncounted + howMany, slots: [] };
        }
        const row = await take(table, webhookId, known, reservation);
        if (row) {
          seen.set(webhookId, { ...row, timeMs: fromMs, uncounted: 0 });
          return row;
        }
        const slots = (await find(webhookId)) ?? none;
        // Asked again, and not answered from memory.
        seen.set(webhookId, { ...slots, timeMs: Number.NEGATIVE_INFINITY, uncounted });
      }
      // Others are always first: as good as no slot that is free.
      return { ...none, nextSlotMs: reservation.untilMs, slots: [] };
    },
    async clear(webhookId) {
      await table.update(
        keys.slots(webhookId),
        { text: "SET waiting = :none", values: { ":none": 0 } },
        { text: "waiting <> :none", values: { ":none": 0 } },
      );
    },
    async takeTelling(webhookId, nowMs) {
      const told = await table.update(
        keys.slots(webhookId),
        {
          text: "SET v = :v, toldTimeMs = :now, expiresAt = :expiresAt",
          values: { ":v": 1, ":now": nowMs, ":expiresAt": expiresAt(nowMs) },
        },
        {
          text: "attribute_not_exists(toldTimeMs) OR toldTimeMs <= :before",
          values: { ":before": lastToldBeforeMs(nowMs) },
        },
      );
      return told !== undefined;
    },
  };
}

const none: Slots = { nextSlotMs: 0, waiting: 0 };

/** Slots are only ever given out: where there was none, there is none until then. */
function isSurelyFull(known: Seen, { countsRest, ...request }: Reservation): boolean {
  const isFresh = Math.abs(request.fromMs - known.timeMs) < countEveryMs;
  return countsRest && isFresh && planSlots(known.nextSlotMs, request).granted === 0;
}

/** Undefined when the slots are not where they were thought to be. */
async function take(
  table: Table,
  webhookId: string,
  known: Seen | undefined,
  { countsRest, ...request }: Reservation,
): Promise<Reserved | undefined> {
  const { howMany, perSecond, fromMs, untilMs } = request;
  const { isIdle, granted } = planSlots(known?.nextSlotMs, request);
  const ahead = granted * spacingMs(perSecond);
  const common = {
    ":v": 1,
    ":expiresAt": expiresAt(untilMs),
    ":more": (known?.uncounted ?? 0) + (countsRest ? howMany - granted : -granted),
  };
  const isAbsurd = { ":absurd": absurdSlotMs(fromMs) };
  // What is known of slots is older than this; each case has a condition that holds for no other.
  const row = isIdle
    ? await table.update(
        keys.slots(webhookId),
        {
          text: "SET v = :v, expiresAt = :expiresAt, nextSlotMs = :next ADD waiting :more",
          values: { ...common, ":next": fromMs + ahead },
        },
        {
          text: "attribute_not_exists(nextSlotMs) OR nextSlotMs <= :from OR nextSlotMs > :absurd",
          values: { ":from": fromMs, ...isAbsurd },
        },
      )
    : await table.update(
        keys.slots(webhookId),
        {
          text: "SET v = :v, expiresAt = :expiresAt ADD nextSlotMs :ahead, waiting :more",
          values: { ...common, ":ahead": ahead },
        },
        {
          text: "nextSlotMs > :earliest AND nextSlotMs <= :latest",
          values: { ":earliest": earliest(request, granted), ":latest": latest(request, granted) },
        },
      );
  if (!row) return undefined;
  const found = slotsOf(row);
  return { ...found, slots: slotsBefore(found.nextSlotMs, granted, perSecond) };
}

function slotsOf(row: Row): Slots {
  const { nextSlotMs = 0, waiting = 0, toldTimeMs } = z.parse(SlotRow, row);
  return { nextSlotMs, waiting: Math.max(0, waiting), toldTimeMs };
}

function expiresAt(timeMs: number): number {
  return Math.ceil(timeMs / 1_000) + keptSeconds;
}

/** Where all that is asked for is granted, others may have been there first; else it must be no more than fits. */
function earliest({ howMany, perSecond, fromMs, untilMs }: SlotRequest, granted: number): number {
  if (granted === howMany) return fromMs;
  return Math.max(fromMs, untilMs - granted * spacingMs(perSecond));
}

function latest({ perSecond, fromMs, untilMs }: SlotRequest, granted: number): number {
  if (granted === 0) return absurdSlotMs(fromMs);
  return untilMs - (granted - 1) * spacingMs(perSecond);
}
