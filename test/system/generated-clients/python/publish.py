"""Uses the client that openapi-python-client has generated as somebody would who wrote a program with it.

Prints the ids of the messages that it has published, by kind, as JSON.
"""

import json
import os
from datetime import datetime, timedelta, timezone
from io import BytesIO

from hookcast_client import AuthenticatedClient
from hookcast_client.api.messages import get_message, publish, publish_batch
from hookcast_client.api.webhooks import (
    get_webhook_details,
    list_deliveries,
    put_webhook,
    recover_deliveries,
    update_webhook_details,
)
from hookcast_client.models import (
    CustomHeaders,
    Error,
    Format,
    JsonObject,
    ListDeliveriesSuccess,
    PublishBatchBody,
    PublishBatchBodyBinaryEntry,
    PublishBatchBodyTextEntry,
    PublishBatchBodyValueEntry,
    PublishBatchSuccess,
    PublishSuccess,
    PutWebhookBody,
    PutWebhookConfig,
    PutWebhookSuccess,
    RecoverDeliveriesBody,
    RecoverDeliveriesBodyMode,
    UpdateWebhookDetailsBody,
    WebhookDestination,
    WebhookDetailsConfig,
)
from hookcast_client.types import File

cache, topic = "generated-python", "paid"
client = AuthenticatedClient(base_url=os.environ["HOOKCAST_URL"], token=os.environ["HOOKCAST_KEY"])


def expect(kind, answer):
    """The answer, where it is of this kind."""
    assert isinstance(answer, kind), answer
    return answer


headers = CustomHeaders()
headers["x-tenant"] = "blue"
put = put_webhook.sync(
    cache,
    "billing",
    client=client,
    body=PutWebhookBody(
        destination=WebhookDestination(post_url=os.environ["RECEIVER_URL"]),
        topic_name=topic,
        product_id=None,
        events=[101, "invoice.paid"],
        config=PutWebhookConfig(custom_headers=headers, format_=Format.RAW),
    ),
)
webhook = expect(PutWebhookSuccess, put).response.webhook
assert webhook.events == [101, "invoice.paid"]
assert webhook.config.custom_headers["x-tenant"] == "blue"

secret = put.response.secret_string
published = {"secretString": secret}
for name, event, body in [
    ("object", 101, JsonObject.from_dict({"amount": 12})),
    ("number", "invoice.paid", 12),
    ("bytes", 101, File(payload=BytesIO(bytes([0, 255, 10, 13, 128])))),
]:
    answer = publish.sync(cache, topic, client=client, body=body, event=event)
    published[name] = expect(PublishSuccess, answer).response.message_id

answer = publish_batch.sync(
    cache,
    topic,
    client=client,
    body=PublishBatchBody(
        messages=[
            PublishBatchBodyValueEntry(value={"amount": 13}, event=101),
            PublishBatchBodyTextEntry(text="Here I am!!", event=101),
            PublishBatchBodyBinaryEntry(binary="AP8K", event=101),
        ]
    ),
)
results = expect(PublishBatchSuccess, answer).response.results
published["batch"] = [result.message_id for result in results]

message = get_message.sync(cache, published["object"], client=client).response
assert message.value == {"amount": 12} and message.event == 101
assert message.published_time.utcoffset() == timedelta(0)

config = WebhookDetailsConfig(url=webhook.config.url, custom_headers=headers)
details = UpdateWebhookDetailsBody(product_id=7, events=[], config=config)
updated = update_webhook_details.sync(webhook.webhook_id, client=client, body=details)
assert updated.response.product_id == 7

east = timezone(timedelta(hours=2))
hour_ago = datetime.now(east) - timedelta(hours=1)
deliveries = list_deliveries.sync(webhook.webhook_id, client=client, since=hour_ago, limit=10)
assert isinstance(deliveries, ListDeliveriesSuccess), deliveries

recovery = RecoverDeliveriesBody(since=hour_ago, mode=RecoverDeliveriesBodyMode.FAILED, dry_run=True)
answer = recover_deliveries.sync(webhook.webhook_id, client=client, body=recovery)
assert answer.response.job_id.startswith("job_"), answer

unknown = get_webhook_details.sync("whk_" + "0" * 26, client=client)
assert expect(Error, unknown).error.code == "NOT_FOUND_ERROR"

print(json.dumps(published))
