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
export interface FairOrder {
  add(entry: Entry): void;
  /** The next ready message; entries that left the queue in the meantime are passed over. */
  take(): Entry | undefined;
  /** Counts a message into flight or out of it. */
  weigh(entry: Entry, change: 1 | -1): void;
}

export function createFairOrder(): FairOrder {
  const groups = new Map<string, Group>();
  let places = new TinyQueue<Place>([], byTurn);

  const groupOf = ({ groupId = "" }: Entry): Group => {
    let group = groups.get(groupId);
    if (!group) {
      group = { id: groupId, ready: [], head: 0, inFlight: 0, ticket: 0 };
      groups.set(groupId, group);
    }
    return group;
  };

  const place = (group: Group) => {
    group.ticket += 1;
    const oldest = group.ready[group.head];
    if (oldest) {
      const { ticket, inFlight } = group;
      places.push({ group, ticket, inFlight, oldestId: oldest.id });
      dropStalePlaces();
    } else if (group.inFlight === 0) {
      groups.delete(group.id);
    }
  };

  const dropStalePlaces = () => {
    if (places.length <= 2 * groups.size + 64) return;
    places = new TinyQueue(places.data.filter(isCurrent), byTurn);
  };

  return {
    add(entry) {
      const group = groupOf(entry);
      group.ready.push(entry);
      if (group.ready.length - group.head === 1) place(group);
    },
    take() {
      for (;;) {
        const next = places.pop();
        if (!next) return undefined;
        if (!isCurrent(next)) continue;
        const entry = takeFront(next.group);
        place(next.group);
        if (entry?.state === "ready") return entry;
      }
    },
    weigh(entry, change) {
      // Messages without a group are tenants of their own: they do not weigh on each other.
      if (entry.groupId === undefined) return;
      const group = groupOf(entry);
      group.inFlight += change;
      place(group);
    },
  };
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
