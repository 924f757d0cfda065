import {
  type DataKeyRotation,
  type DataKeys,
  openDataKeyRotation,
} from "../../shared/store/secrets/data-key-rotation.ts";
import { currentNumberMaxAgeMs, dataKey } from "../../shared/store/secrets/vault.ts";
import { type ResealCounts, resealWebhooks } from "./reseal-webhooks.ts";

export interface RotateOptions {
  readonly isDryRun: boolean;
  /** Told of every step, and of how far a long one is. */
  readonly report: (line: string) => void;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

/** By then every environment has read the new number, and has ended what it began before. */
const settleMs = 2 * currentNumberMaxAgeMs;

/**
 * Replaces the data key. Every step can be repeated, and what was done is in the rows: a run that was cut
 * short is begun again. The old key goes last, when nothing is sealed under it and nobody seals under it.
 */
export async function rotateDataKey(options: RotateOptions): Promise<string> {
  const store = openDataKeyRotation();
  const before = await store.read();
  if (before.numbers.length === 0) return "there is no data key yet: nothing to rotate";
  if (options.isDryRun) return dryRun(before, options);
  const rotation = await begin(store, before, options);
  await reseal(rotation, options);
  options.report(`waiting ${settleMs / 1000} s, until nobody seals under an older key`);
  await options.wait(settleMs);
  await reseal(rotation, options);
  await verify(rotation, options);
  await store.finish(rotation);
  const older = rotation.numbers.filter((number) => number < rotation.current);
  return `data key ${rotation.current} is in use, ${older.join(", ")} deleted`;
}

async function begin(
  store: DataKeyRotation,
  before: DataKeys,
  { report, now }: RotateOptions,
): Promise<DataKeys> {
  const isUnderWay = before.startedTimeMs !== undefined;
  const rotation = isUnderWay ? before : await store.begin(before, now());
  report(
    isUnderWay
      ? `going on with the rotation to data key ${rotation.current} that was begun before`
      : `data key ${rotation.current} is made and seals from now on`,
  );
  return rotation;
}

async function reseal(rotation: DataKeys, { report }: RotateOptions): Promise<void> {
  const { current, numbers } = rotation;
  const key = { keyNumber: current, key: await dataKey(current) };
  const counts = await resealWebhooks({
    keyNumber: current,
    key,
    numbers,
    onProgress: (soFar) => report(`${told(soFar)}, going on`),
  });
  if (counts.unreadable.length > 0) throw new Error(unreadable(counts));
  report(told(counts));
}

function told({ webhooks, old }: ResealCounts): string {
  return `${webhooks} webhooks read, ${old} sealed again`;
}

function unreadable(counts: ResealCounts): string {
  return `these are sealed under a key that does not open them, so nothing was deleted:
${counts.unreadable.join("\n")}
Give each of them a new secret and its headers, or delete it. Then run this again.`;
}

async function verify({ current, numbers }: DataKeys, { report }: RotateOptions): Promise<void> {
  const onProgress = ({ webhooks }: ResealCounts) =>
    report(`${webhooks} webhooks verified, going on`);
  const left = await resealWebhooks({ keyNumber: current, numbers, onProgress });
  if (left.old > 0) {
    throw new Error(
      `${left.old} webhooks have been sealed under an older key just now, so nothing was deleted: is a version
of the functions deployed that knows no rotation? Deploy this one, then run this again.`,
    );
  }
  report(`${left.webhooks} webhooks verified: nothing is sealed under an older key`);
}

async function dryRun({ current, numbers, startedTimeMs }: DataKeys, { report }: RotateOptions) {
  const isUnderWay = startedTimeMs !== undefined;
  const next = isUnderWay ? current : Math.max(current, ...numbers) + 1;
  const onProgress = ({ webhooks }: ResealCounts) => report(`${webhooks} webhooks read, going on`);
  const counts = await resealWebhooks({ keyNumber: next, numbers, onProgress });
  const older = numbers.filter((number) => number < next);
  const lines = [
    isUnderWay
      ? `would go on with the rotation to data key ${next}, begun ${new Date(startedTimeMs).toISOString()}`
      : `would make data key ${next}`,
    `would seal ${counts.old} of ${counts.webhooks} webhooks again`,
    `would wait ${settleMs / 1000} s, seal again what was sealed under an older key meanwhile, and verify`,
    `would delete data key ${older.join(", ")}`,
  ];
  if (counts.unreadable.length > 0) lines.push(`would stop before that: ${unreadable(counts)}`);
  return lines.join("\n");
}
