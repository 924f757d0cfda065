import * as z from "zod/mini";

const Answer = z.object({
  ConsumedCapacity: z.optional(z.object({ TableName: z.string(), CapacityUnits: z.number() })),
});

/** What the writes of one batch consumed, added up by table; nothing unless it was asked for. */
export function consumedCapacity(answers: object[]): { ConsumedCapacity?: object[] } {
  const unitsByTable = new Map<string, number>();
  for (const answer of answers) {
    const { ConsumedCapacity } = z.parse(Answer, answer);
    if (!ConsumedCapacity) continue;
    const { TableName, CapacityUnits } = ConsumedCapacity;
    unitsByTable.set(TableName, (unitsByTable.get(TableName) ?? 0) + CapacityUnits);
  }
  const consumed = [...unitsByTable].map(([TableName, CapacityUnits]) => ({
    TableName,
    CapacityUnits,
  }));
  return consumed.length > 0 ? { ConsumedCapacity: consumed } : {};
}
