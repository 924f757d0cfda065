import json, os, uuid
from datetime import datetime, timezone

import boto3

order = {"id": {"S": "order-43"}, "total": {"N": "12"}}
event = {
    "id": {"S": str(uuid.uuid4())},
    "time": {"S": datetime.now(timezone.utc).isoformat()},
    "cacheName": {"S": "orders"},
    "topicName": {"S": "paid"},
    "value": {"S": json.dumps({"order": "order-43", "total": 12})},
}
boto3.client("dynamodb").transact_write_items(
    TransactItems=[
        {"Put": {"TableName": os.environ["ORDERS_TABLE"], "Item": order}},
        {"Put": {"TableName": os.environ["OUTBOX_TABLE"], "Item": event}},
    ]
)
