"""Sends again what the webhooks of a tenant have not received: python resend_failed.py orders"""

import os
import sys

import hookcast

with hookcast.Hookcast(os.environ["HOOKCAST_URL"], os.environ["HOOKCAST_KEY"]) as client:
    for webhook in client.list_webhooks(cache_name=sys.argv[1]):
        webhook_id = webhook["webhookId"]
        for delivery in client.list_deliveries(webhook_id=webhook_id, status="failed"):
            try:
                client.retry_delivery(webhook_id=webhook_id, message_id=delivery["messageId"])
            except hookcast.ApiError as error:
                print("not sent again", delivery["messageId"], error)
            else:
                print("sent again", webhook["id"]["webhookName"], delivery["messageId"])
