import * as z from "zod/mini";

const Response = z.object({
  ConsumedCapacity: z.optional(z.object({ TableName: z.string(), CapacityUnits: z.number() })),
});

/** What the writes of one batch consumed, added up by table; nothing unless it was asked for. */
export function consumedCapacity(responses: object[]): { ConsumedCapacity?: object[] } {
  const unitsByTable = new Map<string, number>();
  for (const response of responses) {
    const { ConsumedCapacity } = z.parse(Response, response);
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
