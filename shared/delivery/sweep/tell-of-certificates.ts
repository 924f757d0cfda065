import { messageOf } from "../../domain/messages/message-draft.ts";
import { certificateDraft } from "../../domain/messages/operational-event.ts";
import { errorFields, log, measure } from "../../runtime/logger.ts";
import {
  type CertificateNotices,
  type DueNotice,
  noticesPerPage,
} from "../../store/webhooks/certificate-notices.ts";
import { type DispatchDeps, hasListener, storeAndEnqueue } from "../publish/store-and-enqueue.ts";

export interface CertificateDeps {
  readonly notices: CertificateNotices;
  readonly publishing: DispatchDeps;
  readonly now: () => number;
}

const minuteMs = 60_000;
/** The minute of each hour in which it is done: days ahead an hour makes no difference, and a look each minute would cost. */
const noticeMinute = 15;

/**
 * Once an hour, tells of certificates that expire in 30 or in 7 days. Sends, then deletes: a sweep that dies in between
 * sends again, on the same day under the same messageId. Never throws: it must not cut a sweep short.
 */
export async function tellOfCertificates(stopAtMs: number, deps: CertificateDeps): Promise<void> {
  const { notices, now } = deps;
  if (Math.floor(now() / minuteMs) % 60 !== noticeMinute) return;
  try {
    let isDone = false;
    while (!isDone && now() < stopAtMs) {
      const due = await notices.due(now());
      isDone = due.length < noticesPerPage;
      for (const notice of due) {
        if (now() >= stopAtMs) return;
        // One that cannot be sent is left to the next hour, and must not hold up the others.
        await tell(notice, deps).catch((error: unknown) => {
          isDone = true;
          log("warn", "certificate-notice.unsent", errorFields(error));
        });
      }
    }
  } catch (error) {
    log("warn", "certificate-notice.unread", errorFields(error));
  }
}

async function tell(
  notice: DueNotice,
  { notices, publishing, now }: CertificateDeps,
): Promise<void> {
  if (await hasListener(notice.cacheName, publishing)) {
    const { givenId, ...draft } = certificateDraft(notice, now());
    const { refused } = await storeAndEnqueue([messageOf(draft, givenId)], publishing);
    if (refused.size > 0) throw new Error("the queues did not take it in full");
    measure("Events", 1);
  }
  await notices.remove(notice);
}
