import os
from threading import Lock

from fastapi import BackgroundTasks, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from inbox import Inbox
from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["SECRET"])
inbox = Inbox(os.environ.get("INBOX", "inbox.sqlite"))
app = FastAPI()
# Two at work at once would both do what neither has finished.
working = Lock()


@app.post("/")
async def receive(request: Request, background: BackgroundTasks) -> Response:
    # The body as it came: the signature covers its bytes, not what a parser would make of them.
    body = await request.body()
    try:
        webhook.verify(body, dict(request.headers))
    # A ValueError: what came has not even the form of a signature.
    except (WebhookVerificationError, ValueError) as error:
        print("not verified:", error, flush=True)
        return Response(status_code=400)
    delivery_id = request.headers["webhook-id"]
    is_new = await run_in_threadpool(inbox.store, delivery_id, body)
    print("stored" if is_new else "seen before", delivery_id, flush=True)
    background.add_task(work)
    return Response(status_code=204)


def work() -> None:
    """After the answer; and at the start, for what was stored and not done when the receiver stopped."""
    with working:
        for delivery_id, event in inbox.waiting():
            print("handled", delivery_id, event["type"], event["data"], flush=True)
            inbox.finish(delivery_id)


work()
