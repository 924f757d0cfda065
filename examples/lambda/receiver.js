import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { VerificationError, verify } from "@hookcast/client/verify";

const { SECRET: secret, INBOX_TABLE: table } = process.env;
if (!secret || !table) throw new Error("SECRET and INBOX_TABLE are not both set");

const keptSeconds = 8 * 24 * 3600;
const dynamodb = new DynamoDBClient();

/** For a function URL, or a route of an HTTP API: both pass requests in this form. */
export async function handler({ headers, body = "", isBase64Encoded }) {
  // The body as it came: Lambda hands over what is not text as base64.
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  try {
    await verify({ headers, body: bytes }, { secret, parse: () => undefined });
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    console.log("not verified:", error.message);
    return { statusCode: 400 };
  }
  const id = headers["webhook-id"];
  console.log((await store(id, bytes)) ? "stored" : "seen before", id);
  return { statusCode: 204 };
}

/** Whether it is new. The table's stream starts the function that does the work. */
async function store(id, body) {
  const expires = Math.floor(Date.now() / 1000) + keptSeconds;
  const item = { id: { S: id }, body: { B: body }, expires: { N: String(expires) } };
  const put = new PutItemCommand({
    TableName: table,
    Item: item,
    ConditionExpression: "attribute_not_exists(id)",
  });
  try {
    await dynamodb.send(put);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error; // A 502: the delivery comes again.
  }
}
