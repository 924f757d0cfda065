/** A POST may begin so much later than its slot. */
export const slotToleranceMs = 50;

/** How far ahead a batch looks for slots: it waits for them, and keeps its function meanwhile. */
export const batchLookaheadMs = 1_000;

/** Between a reservation and its first slot: the time in which its answer comes back. */
export const slotLeadMs = 100;

/** A step is worth its price, some fifteen calls, if it sends so many. */
const worthwhile = 60;
/** While a rate is being found out, steps are shorter. */
const learning = 10;
const [shortestStepSeconds, maxStepSeconds] = [10, 100];

/** Sums of such parts of a millisecond are exact, in numbers of JavaScript as in those of DynamoDB. */
const fractions = 256;

/**
 * The time between two slots. A little more than the rate asks for: POSTs that begin late by the tolerance must
 * not come together in one second either.
 */
export function spacingMs(perSecond: number): number {
  const perWindow = Math.ceil(perSecond);
  return Math.ceil((1_000 / perSecond + slotToleranceMs / perWindow) * fractions) / fractions;
}

/** The time between two steps of a limited webhook's timer: at low rates so long that a step is worth its price. */
export function stepSeconds(perSecond: number | undefined, isLearning = false): number {
  if (perSecond === undefined) return shortestStepSeconds;
  const seconds = Math.ceil((isLearning ? learning : worthwhile) / perSecond);
  return Math.min(Math.max(seconds, shortestStepSeconds), maxStepSeconds);
}

/** How many slots a step holds. */
export function slotsIn(seconds: number, perSecond: number): number {
  return Math.max(1, Math.floor((1_000 * seconds) / spacingMs(perSecond)));
}

export interface SlotRequest {
  readonly howMany: number;
  readonly perSecond: number;
  /** No slot is earlier. */
  readonly fromMs: number;
  /** No slot is later. */
  readonly untilMs: number;
}

export interface SlotPlan {
  /** Whether every slot given out before is over by `fromMs`. */
  readonly isIdle: boolean;
  readonly granted: number;
}

/** Further ahead than any step reserves: what says so was written by a clock that had jumped. */
const absurdMs = 1_000 * (maxStepSeconds + 120);

export function absurdSlotMs(fromMs: number): number {
  return fromMs + absurdMs;
}

/** What can be had, if the next free slot is where it was last seen. */
export function planSlots(nextSlotMs: number | undefined, request: SlotRequest): SlotPlan {
  const { howMany, perSecond, fromMs, untilMs } = request;
  const isIdle =
    nextSlotMs === undefined || nextSlotMs <= fromMs || nextSlotMs > absurdSlotMs(fromMs);
  const startMs = isIdle ? fromMs : nextSlotMs;
  const fitting = Math.floor((untilMs - startMs) / spacingMs(perSecond)) + 1;
  return { isIdle, granted: Math.min(howMany, Math.max(0, fitting)) };
}

/** The slots before `endMs`, from which the next one will be given out. */
export function slotsBefore(endMs: number, granted: number, perSecond: number): number[] {
  const spacing = spacingMs(perSecond);
  return Array.from({ length: granted }, (_, index) => endMs - (granted - index) * spacing);
}

/** What is known of a webhook's slots. */
export interface Slots {
  /** The first that nobody has. */
  readonly nextSlotMs: number;
  /** Deliveries that wait for one, about. */
  readonly waiting: number;
  /** When a long backlog was last told of. */
  readonly toldTimeMs?: number | undefined;
}

/** When a message that is published now can be posted, about. */
export function nextFreeTimeMs(
  { nextSlotMs, waiting }: Pick<Slots, "nextSlotMs" | "waiting">,
  perSecond: number,
  nowMs: number,
): number {
  const fromMs = nextSlotMs > absurdSlotMs(nowMs) ? nowMs : Math.max(nextSlotMs, nowMs);
  return Math.round(fromMs + Math.max(0, waiting) * spacingMs(perSecond));
}

const longBacklogMs = 3_600_000;
const tellEveryMs = 6 * 3_600_000;

/** Whether a backlog is worth telling of, and was not told of lately. */
export function isWorthTelling(
  freeTimeMs: number,
  toldTimeMs: number | undefined,
  nowMs: number,
): boolean {
  return freeTimeMs - nowMs > longBacklogMs && nowMs - (toldTimeMs ?? 0) >= tellEveryMs;
}

/** Told before that, it may be told again. */
export function lastToldBeforeMs(nowMs: number): number {
  return nowMs - tellEveryMs;
}

/** How long the last of a group may wait behind the first, in the function that posts them all. */
export const maxRideMs = 2_000;
/** As many as one function posts at once to a receiver that may be slow. */
const maxTogether = 5;

/**
 * For each slot, in the order of time, the slot that its job is sent off for: the first of a group that is near enough
 * to be handled by one function. Each job alone would cost a receive, a read and a delete of its own.
 */
export function departures(slotsMs: readonly number[]): number[] {
  const groups: number[][] = [];
  for (const timeMs of slotsMs) {
    const group = groups.at(-1);
    const firstMs = group?.[0] ?? Number.NEGATIVE_INFINITY;
    if (group && group.length < maxTogether && timeMs - firstMs <= maxRideMs) group.push(timeMs);
    else groups.push([timeMs]);
  }
  return groups.flatMap((group) => group.map(() => group[0] ?? 0));
}
