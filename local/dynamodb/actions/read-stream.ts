import * as z from "zod/mini";
import { streamArn, tableNameIn } from "../../aws/arn.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { validationError } from "../engine/dynalite-error.ts";
import { sequenceNumber } from "../engine/stream-log.ts";
import type { Tables } from "../engine/tables.ts";

const Described = z.object({ StreamArn: z.string() });
const Wanted = z.object({
  StreamArn: z.string(),
  ShardId: z.string(),
  ShardIteratorType: z.enum(["TRIM_HORIZON", "LATEST"]),
});
const Read = z.object({
  ShardIterator: z.string(),
  Limit: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 1000),
});

/** A table of this size has one shard, which never ends. */
const shardId = "shardId-00000000000000000001-00000001";

/** DescribeStream. */
export function describeStream(tables: Tables, input: object): object {
  const { StreamArn } = parsed(Described, input);
  const { first } = tables.streams.bounds(streamedTable(tables, StreamArn));
  const SequenceNumberRange = { StartingSequenceNumber: sequenceNumber(first) };
  return {
    StreamDescription: {
      StreamArn,
      StreamStatus: "ENABLED",
      StreamViewType: "KEYS_ONLY",
      Shards: [{ ShardId: shardId, SequenceNumberRange }],
    },
  };
}

/** GetShardIterator; behind a given record no reader of ours begins. */
export function getShardIterator(tables: Tables, input: object): object {
  const { StreamArn, ShardId, ShardIteratorType } = parsed(Wanted, input);
  const { first, next } = tables.streams.bounds(streamedTable(tables, StreamArn));
  if (ShardId !== shardId) throw new AwsError("ResourceNotFoundException", "no such shard");
  return { ShardIterator: iterator(StreamArn, ShardIteratorType === "LATEST" ? next : first) };
}

/** GetRecords. */
export function getRecords(tables: Tables, input: object): object {
  const { ShardIterator, Limit } = parsed(Read, input);
  const { arn, position } = placeOf(ShardIterator);
  const name = streamedTable(tables, arn);
  const start = Math.max(position, tables.streams.bounds(name).first);
  const Records = tables.streams.read(name, start, Limit);
  return { Records, NextShardIterator: iterator(arn, start + Records.length) };
}

/** The stream that a call is about; undefined where it names none. */
export function streamArnIn(input: unknown): string | undefined {
  const { data: described } = z.safeParse(Described, input);
  if (described) return described.StreamArn;
  const { data: read } = z.safeParse(Read, input);
  return read && placeOf(read.ShardIterator).arn;
}

function streamedTable(tables: Tables, arn: string): string {
  const name = tableNameIn(arn);
  if (name !== undefined && streamArn(name) === arn && tables.streams.has(name)) return name;
  throw new AwsError("ResourceNotFoundException", `Requested resource not found: Stream: ${arn}`);
}

function iterator(arn: string, position: number): string {
  return `${arn}|${position}`;
}

function placeOf(text: string): { arn: string; position: number } {
  const [arn = "", position = ""] = text.split("|");
  if (!/^\d+$/.test(position)) throw validationError("Invalid ShardIterator");
  return { arn, position: Number(position) };
}

function parsed<S extends z.ZodMiniType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw validationError(z.prettifyError(result.error));
}
