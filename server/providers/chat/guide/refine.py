"""Answers that change a prompt: the last proposal, or what stands in the prompt box."""

import re

from server.providers.chat.briefing import listens_to_negative
from server.providers.chat.guide import changes
from server.providers.chat.guide.answer import Answer, listed, revised
from server.providers.chat.guide.create import GAPS, braces, three_palettes, understood, unworn
from server.providers.chat.guide.offers import looked, looks_for, negative_for, why
from server.providers.chat.guide.prompt import Prompt, balance
from server.providers.chat.guide.reading import read
from server.providers.chat.guide.request import Request
from server.providers.chat.guide.sizes import shaped
from server.providers.chat.guide.vocabulary import Change, role_pattern
from server.providers.chat.talk import Room

_CLAUSES = re.compile(
    r"\s*(?:[,;.]\s*(?:and\s+|but\s+)?|\band\s+|\bbut\s+|\bthen\s+)"
    r"(?=(?:make|add|remove|replace|without|no|less|more|in|at|with|change|swap|turn|use|put|give|drop|not|\w+er)\b)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:the |that )?(?:first|second|third|last|other|that) (?:one|card|proposal|prompt)\b", re.IGNORECASE
)
_INTO = re.compile(r"\b(?:make|turn|change) (?:it|this|that)(?: into| to)? (an? .{2,60}|the .{2,60})$", re.IGNORECASE)
_LIKE = re.compile(r"^(?:it )?look (?:like )?", re.IGNORECASE)
_WISH = re.compile(r"^.*?\b(?:make (?:it|this|that|them|everything)|more|try|use)\s+(.{2,60})$", re.IGNORECASE)
_INSTEAD = {"people": "deserted", "person": "deserted", "crowd": "deserted", "text": "plain unmarked surfaces",
            "clouds": "clear sky", "cloud": "clear sky", "blur": "crisp focus", "background": "plain empty backdrop",
            "cars": "an empty road", "color": "black and white", "colour": "black and white"}


def change(request: Request, base: dict, room: Room) -> Answer:
    """The base with everything done that the message asks for."""
    if balance(base["prompt"]) != 0:
        return braces(base)
    draft, sentences, reasons = dict(base), [], []
    for clause in filter(None, (clause.strip(" .!?") for clause in _CLAUSES.split(_POINTER.sub("", request.text)))):
        draft, said, reason = _clause(draft, clause, room)
        sentences.append(said)
        reasons.append(reason)
    if not sentences:
        text = "That one, then. Tell me what to change in it, or press Generate on the card."
        return Answer(text, (revised(base, "As it stands."),))
    asked = changes.asked(request.text)
    offers = [revised(draft, " ".join(reasons))]
    if len(asked) == 1 and "{" not in draft["prompt"] and asked[0].group in ("style", "hour", "mood", "view", "season"):
        offers.append(_comparison(base, asked[0]))
        others = listed([other.triggers[0] for other in changes.neighbours(asked[0])])
        sentences.append(f"The second card sets it beside {others}, in case one of them serves you better.")
    elif "{" in base["prompt"]:
        sentences.append("Your macros stay as they were.")
    return Answer(" ".join(sentences), tuple(offers))


def shorter(base: dict) -> Answer:
    """The base cut down to what a model weighs."""
    prompt = Prompt.read(base["prompt"]).without(role_pattern("worn"))
    first, *others = prompt.phrases() or [base["prompt"]]
    telling = [phrase for phrase in others if read(phrase).has("light", "hour", "style", "weather") or "{" in phrase]
    brief = str(Prompt(((first, *telling),)).shortened(4))
    before, after = len(base["prompt"].split()), len(brief.split())
    if after >= before:
        return Answer(f"{before} words is short already. The beginning weighs most, and here all of it is beginning.",
                      (revised(base, "Short as it is."),))
    text = (f"From {before} words to {after}: subject first, then light and medium, since models weigh the beginning "
            "most. What I left out is what they would guess much the same.")
    return Answer(text, (revised(base, "Only what decides the picture.", prompt=brief),))


def longer(base: dict, room: Room) -> Answer:
    """The base with its gaps filled, or with details where it has none."""
    look = looks_for(base["prompt"], 1)[0]
    missing = read(base["prompt"]).missing
    if missing:
        gaps = listed([GAPS[gap] for gap in missing])
        text = f"Longer helps only where something was open. I added {gaps}: {why(look, base['prompt'])}."
        return Answer(text, (looked(base, look, room.image_model or {}),))
    detail = next(found for found in changes.asked("richer"))
    prompt = changes.apply(Prompt.read(base["prompt"]), detail)
    text = f"Nothing was open, so I added detail rather than words: {detail.why}."
    return Answer(text, (revised(base, "Detail where it does no harm.", prompt=str(prompt)),))


def shape(request: Request, base: dict, room: Room) -> Answer:
    """The base in another format."""
    size = shaped(request.shape, room.image_model or {})
    text = (f"The card asks for {size['width']} by {size['height']} pixels. The format composes for you: upright suits "
            "one figure, across suits a place, square suits a thing seen closely.")
    settings = {**base.get("settings", {}), **size}
    return Answer(text, (revised(base, f"The same prompt, {size['width']} × {size['height']}.", settings=settings),))


def critique(base: dict, room: Room) -> Answer:
    """What a prompt does well, what it leaves open, what pulls two ways."""
    if balance(base["prompt"]) != 0:
        return braces(base)
    kept, worn = unworn(base)
    pulls = changes.conflicts(Prompt.read(base["prompt"]))
    sentences = [understood(base["prompt"]), *worn]
    sentences += [f"It says both {one} and {two}; models then mix the two, so keep one." for one, two in pulls]
    if len(base["prompt"].split()) > 60:
        sentences.append("It is long as well: after some sixty words little is heard.")
    if not read(kept["prompt"]).missing:
        sentences.append("Now it pays to change one thing at a time: the card sets three palettes side by side.")
        return Answer(" ".join(sentences), (three_palettes(kept),))
    looks = looks_for(kept["prompt"], 2)
    sentences.append(f"In the first card I fill that: {why(looks[0], kept['prompt'])}. The second is a contrast to it.")
    return Answer(" ".join(sentences), tuple(looked(kept, look, room.image_model or {}) for look in looks))


def another_way(base: dict, room: Room, text: str) -> Answer:
    """The subject alone in three looks that it had not."""
    subject = {"prompt": Prompt.read(base["prompt"]).phrases()[0]}
    had = base["prompt"].lower()
    looks = [look for look in looks_for(subject["prompt"], 6) if look.composition.lower() not in had][:3]
    return Answer(text, tuple(looked(subject, look, room.image_model or {}) for look in looks))


def _clause(draft: dict, clause: str, room: Room) -> tuple[dict, str, str]:
    """The draft after one wish, a sentence on it for the reader, and a reason for the card."""
    edit = changes.edit(clause)
    made = changes.asked(clause)
    hue = _hue(edit, clause)
    if hue:
        return _coloured(draft, hue)
    if edit and edit.drop:
        return _swapped(draft, edit) if edit.add else _dropped(draft, edit.drop, room)
    if not made:
        return _added(draft, edit.add if edit else "", clause)
    prompt = Prompt.read(draft["prompt"])
    for one in made:
        prompt = changes.apply(prompt, one)
    said = " ".join(f'I wrote "{one.add}": {one.why}.' for one in made)
    return {**draft, "prompt": str(prompt)}, said, f"{made[0].why[:1].upper()}{made[0].why[1:]}."


def _hue(edit: changes.Edit | None, clause: str) -> str:
    """The colour that is asked for as such: "more red", "make it blue", "change the colour to green"."""
    wish = _WISH.search(clause)
    wanted = edit.add if edit and edit.drop in ("colour", "color") else wish[1] if wish and not edit else ""
    return wanted if role_pattern("colour").fullmatch(wanted) else ""


def _coloured(draft: dict, hue: str) -> tuple[dict, str, str]:
    prompt = Prompt.read(draft["prompt"]).plus(f"{hue} as the leading colour")
    said = f'I wrote "{hue} as the leading colour": said of the whole picture, since a bare colour word lands anywhere.'
    return {**draft, "prompt": str(prompt)}, said, f"{hue[:1].upper()}{hue[1:]} leads."


def _dropped(draft: dict, thing: str, room: Room) -> tuple[dict, str, str]:
    before = Prompt.read(draft["prompt"])
    prompt = changes.without(before, thing)
    said = f'The prompt never named "{thing}"' if str(prompt) == str(before) else f'I took "{thing}" out of the prompt'
    if listens_to_negative(room.image_model or {}):
        negative = ", ".join(part for part in (draft.get("negative"), thing) if part)
        kept = {**draft, "prompt": str(prompt) or draft["prompt"], "negative": negative}
        said += ", and now the negative prompt names it, as a bare word, since models overlook a no"
        return kept, said + ".", f"Without {thing}."
    instead = _INSTEAD.get(thing.lower(), "")
    prompt = prompt.plus(instead) if instead else prompt
    tail = f'I wrote "{instead}"' if instead else "say what should be there instead, and I write that"
    kept = {**draft, "prompt": str(prompt) or draft["prompt"]}
    return kept, f"{said}. This model has no negative prompt, so {tail}.", f"Without {thing}."


def _swapped(draft: dict, edit: changes.Edit) -> tuple[dict, str, str]:
    text = changes.swapped(draft["prompt"], edit.drop, edit.add)
    reason = f"{edit.add[:1].upper()}{edit.add[1:]} instead of {edit.drop}."
    if text != draft["prompt"]:
        said = f'I put {edit.add} where "{edit.drop}" stood and left everything else alone, so the two can be compared.'
        return {**draft, "prompt": str(Prompt.read(text))}, said, reason
    prompt = Prompt.read(draft["prompt"]).after_subject(edit.add)
    said = f'I did not find "{edit.drop}", so {edit.add} follows the subject instead.'
    return {**draft, "prompt": str(prompt)}, said, f"With {edit.add}."


def _added(draft: dict, thing: str, clause: str) -> tuple[dict, str, str]:
    into = _INTO.search(clause)
    subject = read(draft["prompt"]).subject
    if into and subject:
        return _swapped(draft, changes.Edit(add=into[1], drop=subject))
    wish = _WISH.search(clause)
    thing = _LIKE.sub("", thing or (wish[1] if wish else clause))
    heard = read(thing)
    if subject and heard.subject == subject:
        return _swapped(draft, changes.Edit(add=thing, drop=subject))
    if heard.has("style", "light", "mood", "camera", "composition"):
        said = f'I put "{thing}" at the end, behind what the picture shows, since it says how and not what.'
        return {**draft, "prompt": str(Prompt.read(draft["prompt"]).plus(thing))}, said, f"With {thing}."
    prompt = Prompt.read(draft["prompt"]).after_subject(thing)
    said = f'I put "{thing}" right behind the subject, where a model weighs it most.'
    return {**draft, "prompt": str(prompt)}, said, f"With {thing}."


def _comparison(base: dict, change: Change) -> dict:
    options = "|".join(one.add for one in (change, *changes.neighbours(change)))
    prompt = changes.cleared(Prompt.read(base["prompt"]), change.group).plus(f"{{{change.group}: {options}}}")
    return revised(base, f"Three choices of {change.group}, all else equal.", prompt=str(prompt))


def negative(base: dict, room: Room) -> dict:
    """The base with a negative prompt that suits it."""
    words = negative_for(read(base["prompt"]), room.image_model or {}) or "blurry, text"
    return revised(base, "Only what often goes wrong with such a subject.", negative=words)
