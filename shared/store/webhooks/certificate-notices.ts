import * as z from "zod/mini";
import type { CertificateNotice } from "../../domain/messages/operational-event.ts";
import { readEnv } from "../../runtime/env.ts";
import { log } from "../../runtime/logger.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";

export interface DueNotice extends CertificateNotice {
  /** When it was to be told; epoch milliseconds. */
  readonly timeMs: number;
}

/** What waits to be told of certificates; each row changes together with its webhook. */
export interface CertificateNotices {
  /** Up to `noticesPerPage` that were to be told then or earlier, the earliest first. */
  due(timeMs: number): Promise<DueNotice[]>;
  remove(notice: DueNotice): Promise<void>;
}

export const noticesPerPage = 100;
const NoticeRow = z.object({
  v: z.literal(1),
  webhookId: z.string(),
  cacheName: z.string(),
  webhookName: z.string(),
  expiryTimeMs: z.int(),
  days: z.int(),
});

export function openCertificateNotices(database: Database = dynamoDatabase): CertificateNotices {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  return {
    async due(timeMs) {
      const { pk } = keys.certificateNotice(0, "", 0);
      const page = await table.query({ pk, before: keys.upTo(timeMs), limit: noticesPerPage });
      return page.rows.flatMap(noticeOf);
    },
    async remove({ timeMs, webhookId, days, expiryTimeMs }) {
      await table.remove(keys.certificateNotice(timeMs, webhookId, days), {
        text: "expiryTimeMs = :expiry",
        values: { ":expiry": expiryTimeMs },
      });
    },
  };
}

/** A row that cannot be read is left where it is and told of: it must not hold up the others. */
function noticeOf(row: Row): DueNotice[] {
  const { success, data } = z.safeParse(NoticeRow, row);
  if (success) return [{ ...data, timeMs: Number.parseInt(String(row.sk), 10) }];
  log("error", "certificate-notice.unreadable", { sk: String(row.sk) });
  return [];
}
