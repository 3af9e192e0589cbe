"""What a prompt's macros come to, before anything is asked for."""

from server import prompts
from server.errors import Invalid
from server.protocol.requests import ExpandPrompt


def expand(request: ExpandPrompt) -> dict:
    """Count, axes and offer; a mistake in the prompt is part of the answer, with its place."""
    try:
        template = prompts.parse(request.prompt, request.negative)
    except Invalid as error:
        mistake = {"message": error.message, **error.details}
        return {"count": 0, "count_text": "0", "axes": [], "offer": None, "error": mistake}
    most = request.limit and min(request.limit, template.count)
    offer = prompts.offer(template, request.seed, batch_size=most)
    items = [
        {"index": str(item.index), "prompt": item.prompt, "negative": item.negative, "assignment": item.assignment}
        for item, _ in offer.items
    ]
    return {
        "count": template.count,
        "count_text": str(template.count),
        "error": None,
        "axes": [{"name": axis.name, "options": axis.options, "nested": axis.nested} for axis in template.axes],
        "offer": {"count": len(items), "reason": offer.reason, "items": items},
    }
