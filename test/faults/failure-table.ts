/** What may go wrong, by the short name that the titles of its tests carry as `[row: name]`. */
export const failureTable: Readonly<Record<string, string>> = {
  "publish dies before the send":
    "publish dies between the write to the table and the send to the queue",
  "partly failed batch": "the queue takes a batch with some of its entries refused",
  "engine down at publish": "the queue or a table is down, throttles or is silent during a publish",
  "same record twice": "the queue hands out a record again: in one batch, at once, or later",
  "dies between lease and POST": "a function dies once it has taken the lease of an attempt",
  "killed after k of 10": "a function dies in the middle of a batch",
  "throttled log row": "the table refuses the row of an attempt that was made",
  "throttled count": "the table refuses what was counted of attempts",
  "retry state not stored": "the next attempt of a delivery cannot be stored",
  "failing receiver": "a receiver fails, hangs, lies or attacks",
  "status before its body":
    "a receiver writes 100 before 200, a length with 204, lengths and chunks, or breaks off its body",
  "connection died idle": "a pooled connection died while the environment was frozen",
  "poison body": "a queue holds what our own code cannot read",
  sweeper: "the sweeper is down, dies, or has a clock that jumps",
  "webhook changes":
    "a webhook is deleted, put again, updated or switched off while deliveries wait",
  "fan-out dies": "a fan-out job dies in the middle of a page, or between two",
  "recovery dies": "a recovery dies at any of the calls of a step, or its webhook goes meanwhile",
  "dead webhook among healthy": "one webhook hangs while it gets far more than its share",
  "names nobody answers for": "the name servers of some receivers' names never answer",
  "slow successes": "many webhooks of one cache answer well, and only after 25 seconds",
  "receiver comes back": "a receiver comes back after deliveries have been parked",
  "webhook is repaired": "a webhook is repaired while deliveries wait for their time",
  "index of what is not ok":
    "a function dies, or is throttled, between the index's row and what makes a webhook unwell",
  "more than maxPerSecond":
    "a webhook gets more than its rate, or its receiver asks for a slower one or for a pause",
  "operational events":
    "failing webhooks and listeners to operational events multiply each other's POSTs",
  "posts to the service itself": "a webhook posts to the service itself, or to a relay that does",
  "delicate values": "a value holds what a queue or a parser would change",
};

/** Rows that no test covers yet, each with the reason. */
export const openRows: Readonly<Record<string, string>> = {};
