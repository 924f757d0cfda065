/** What is kept in memory of a message: its place. Body and attributes stay on disk. */
export interface Entry {
  /** The order of arrival; never given out twice. */
  id: number;
  messageId: string;
  /** Absent: the message is a tenant of its own. */
  groupId: string | undefined;
  state: "ready" | "delayed" | "inFlight" | "gone";
  sentMs: number;
  /** When a delayed or received message becomes ready. */
  visibleMs: number;
  receiveCount: number;
  firstReceivedMs: number | undefined;
}
