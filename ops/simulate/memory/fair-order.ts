import TinyQueue from "tinyqueue";

export interface Member {
  /** Of two members the one sent first has the lower number. */
  readonly number: number;
  readonly group: string | undefined;
}

interface Group<T> {
  readonly waiting: T[];
  /** Where `waiting` begins: taking from the front of a long array would copy it. */
  head: number;
  inFlight: number;
  /** The one place in the heap that counts; older ones are passed over. */
  turn: number;
}

interface Place<T> {
  readonly group: Group<T>;
  readonly turn: number;
  readonly inFlight: number;
  /** Of the message that has waited longest. */
  readonly number: number;
}

/**
 * What is ready in a fair queue: next comes the group with the fewest messages in flight, and of equals the
 * one that has waited longest.
 */
export class FairOrder<T extends Member> {
  readonly #groups = new Map<string, Group<T>>();
  #places = new TinyQueue<Place<T>>([], byTurn);
  size = 0;

  add(member: T): void {
    const group = this.#groupOf(member.group);
    group.waiting.push(member);
    this.size += 1;
    if (group.waiting.length - group.head === 1) this.#place(group);
  }

  take(): T | undefined {
    for (;;) {
      const place = this.#places.pop();
      if (!place) return undefined;
      const { group } = place;
      if (!counts(place)) continue;
      const member = takeFirst(group);
      this.#place(group);
      if (!member) continue;
      this.size -= 1;
      return member;
    }
  }

  /** Counts a message into flight or out of it; without a group none weighs on another. */
  weigh({ group: name }: Member, change: 1 | -1): void {
    if (name === undefined) return;
    const group = this.#groupOf(name);
    group.inFlight += change;
    this.#place(group);
    if (group.inFlight === 0 && group.head === group.waiting.length) this.#groups.delete(name);
  }

  #groupOf(name = ""): Group<T> {
    const known = this.#groups.get(name);
    if (known) return known;
    const group: Group<T> = { waiting: [], head: 0, inFlight: 0, turn: 0 };
    this.#groups.set(name, group);
    return group;
  }

  #place(group: Group<T>): void {
    group.turn += 1;
    const first = group.waiting[group.head];
    if (!first) return;
    const { turn, inFlight } = group;
    this.#places.push({ group, turn, inFlight, number: first.number });
    if (this.#places.length > 2 * this.#groups.size + 64) {
      this.#places = new TinyQueue(this.#places.data.filter(counts), byTurn);
    }
  }
}

function byTurn<T>(one: Place<T>, other: Place<T>): number {
  return one.inFlight - other.inFlight || one.number - other.number;
}

function counts<T>({ group, turn }: Place<T>): boolean {
  return turn === group.turn;
}

function takeFirst<T>(group: Group<T>): T | undefined {
  const first = group.waiting[group.head];
  group.head += 1;
  if (group.head > 1024 || group.head === group.waiting.length) {
    group.waiting.splice(0, group.head);
    group.head = 0;
  }
  return first;
}
