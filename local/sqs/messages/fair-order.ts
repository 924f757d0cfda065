import TinyQueue from "tinyqueue";
import type { Entry } from "../actions/entry.ts";

interface Group {
  id: string;
  ready: Entry[];
  /** Where `ready` begins: taking from the front of a long array would copy it. */
  head: number;
  inFlight: number;
  /** The one place in the heap that is valid; older ones are skipped when they surface. */
  ticket: number;
}

interface Place {
  group: Group;
  ticket: number;
  inFlight: number;
  oldestId: number;
}

/**
 * The ready messages of a fair queue: next comes the group with the fewest in flight, and among equals the one that
 * waits longest. So a group whose receiver hangs takes no turns from the others, however many messages it has.
 */
export class FairOrder {
  readonly #groups = new Map<string, Group>();
  #places = new TinyQueue<Place>([], byTurn);

  add(entry: Entry): void {
    const group = this.#groupOf(entry);
    group.ready.push(entry);
    if (group.ready.length - group.head === 1) this.#place(group);
  }

  /** The next ready message; entries that left the queue in the meantime are passed over. */
  take(): Entry | undefined {
    for (;;) {
      const place = this.#places.pop();
      if (!place) return undefined;
      if (!isCurrent(place)) continue;
      const entry = takeFront(place.group);
      this.#place(place.group);
      if (entry?.state === "ready") return entry;
    }
  }

  /** Counts a message into flight or out of it. */
  weigh(entry: Entry, change: 1 | -1): void {
    // Messages without a group are tenants of their own: they do not weigh on each other.
    if (entry.groupId === undefined) return;
    const group = this.#groupOf(entry);
    group.inFlight += change;
    this.#place(group);
  }

  #groupOf({ groupId = "" }: Entry): Group {
    let group = this.#groups.get(groupId);
    if (!group) {
      group = { id: groupId, ready: [], head: 0, inFlight: 0, ticket: 0 };
      this.#groups.set(groupId, group);
    }
    return group;
  }

  #place(group: Group): void {
    group.ticket += 1;
    const oldest = group.ready[group.head];
    if (oldest) {
      const { ticket, inFlight } = group;
      this.#places.push({ group, ticket, inFlight, oldestId: oldest.id });
      this.#dropStalePlaces();
    } else if (group.inFlight === 0) {
      this.#groups.delete(group.id);
    }
  }

  #dropStalePlaces(): void {
    if (this.#places.length <= 2 * this.#groups.size + 64) return;
    this.#places = new TinyQueue(this.#places.data.filter(isCurrent), byTurn);
  }
}

function byTurn(one: Place, other: Place): number {
  return one.inFlight - other.inFlight || one.oldestId - other.oldestId;
}

function isCurrent({ group, ticket }: Place): boolean {
  return ticket === group.ticket;
}

function takeFront(group: Group): Entry | undefined {
  const entry = group.ready[group.head];
  group.head += 1;
  if (group.head > 1024 && group.head * 2 > group.ready.length) {
    group.ready = group.ready.slice(group.head);
    group.head = 0;
  }
  return entry;
}
