"""What was said before: the prompt that a request to change something means."""

import re
from collections.abc import Iterator

from server.providers.chat.guide.request import understand
from server.providers.chat.proposals import ProposalReader
from server.providers.chat.talk import ChatJob

_NTH = (("first", "1st"), ("second", "2nd", "other"), ("third", "3rd"))
_CARD = re.compile(rf"\b(?:{'|'.join(name for names in _NTH for name in names)}|proposal|card)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:my|the|this) (?:prompt|draft|text)\b|\bprompt box\b", re.IGNORECASE)


def last_message(job: ChatJob) -> str:
    """What the user said last."""
    return next((turn.content for turn in reversed(job.turns) if turn.role == "user"), "")


def base(job: ChatJob) -> dict:
    """The proposal to change: one made before, else the draft, else what the user described; {} when there is none.

    A draft that resembles a proposal is that proposal, taken and edited, so it wins; so does one that is newer.
    """
    draft, message = job.room.draft.strip(), last_message(job)
    offered = next(_offered(job), [])
    if draft and (_OWN.search(message) or not offered):
        return {"prompt": draft}
    taken = next((proposal for proposal in offered if _alike(draft, proposal["prompt"])), None)
    if taken:
        return {**taken, "prompt": draft}
    if draft and job.room.draft_is_newer and not _CARD.search(message):
        return {"prompt": draft}
    return _pick(offered, message) if offered else _described(job)


def _offered(job: ChatJob) -> Iterator[list[dict]]:
    """The proposals of each assistant turn that made any, latest first."""
    for turn in reversed(job.turns):
        if turn.role == "assistant":
            reader = ProposalReader()
            reader.feed(turn.content)
            proposals = reader.finish()[1]
            if proposals:
                yield proposals


def _pick(offered: list[dict], message: str) -> dict:
    for place, names in enumerate(_NTH):
        if place < len(offered) and re.search(rf"\b(?:{'|'.join(names)})\b", message, re.IGNORECASE):
            return offered[place]
    return offered[-1] if re.search(r"\blast (?:one|proposal|card)\b", message, re.IGNORECASE) else offered[0]


def _described(job: ChatJob) -> dict:
    said = [turn.content for turn in job.turns if turn.role == "user"][:-1]
    requests = (understand(message, has_base=False) for message in reversed(said))
    subject = next((request.subject for request in requests if request.kind == "describe" and request.subject), "")
    return {"prompt": subject} if subject else {}


def _alike(draft: str, prompt: str) -> bool:
    mine, theirs = set(draft.lower().split()), set(prompt.lower().split())
    return bool(mine) and len(mine & theirs) >= 0.5 * min(len(mine), len(theirs))
