"""The door through which Stripe speaks. Its signature says who it is, so neither tokens nor rate limits stand here."""

from flask import Blueprint, request

from server.actions import subscriptions
from server.errors import TooLarge
from server.extensions import csrf
from server.http.body import LARGEST, answer

door = Blueprint("webhooks", __name__, url_prefix="/webhooks")


@door.post("/stripe")
@csrf.exempt
def stripe():
    """The signature is taken over the bytes as they came. The answer waits for our own database and nothing else;
    what is not answered with 200 comes again."""
    if (request.content_length or 0) > LARGEST or len(request.get_data()) > LARGEST:
        raise TooLarge("This is too much at once.")
    subscriptions.hear(request.get_data(), request.headers.get("Stripe-Signature", ""))
    return answer(received=True)
