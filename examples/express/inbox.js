import Database from "libsql";

/**
 * Deliveries by their `webhook-id`. A delivery is stored before it is answered, and only once: what was
 * answered is not lost, and what comes again is not done again.
 */
export function openInbox(file) {
  const database = new Database(file);
  database.exec(`create table if not exists inbox
    (id text primary key, body blob not null, done integer not null default 0)`);
  const insert = database.prepare("insert or ignore into inbox (id, body) values (?, ?)");
  const waiting = database.prepare("select id, body from inbox where done = 0");
  const finish = database.prepare("update inbox set done = 1 where id = ?");
  return {
    /** Whether it is new. */
    store: (id, body) => insert.run(id, body).changes === 1,
    handleWaiting(handle) {
      for (const { id, body } of waiting.all()) {
        handle(id, new TextDecoder().decode(body));
        finish.run(id);
      }
    },
  };
}
