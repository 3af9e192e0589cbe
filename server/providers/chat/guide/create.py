"""Answers that begin a prompt: a description, a wish for ideas, variants of something."""

import re

from server.providers.chat.guide.answer import Answer, choice, listed, offer, revised
from server.providers.chat.guide.offers import compared, looked, looks_for, open_axis, why
from server.providers.chat.guide.prompt import Prompt, balance
from server.providers.chat.guide.reading import read
from server.providers.chat.guide.request import Request
from server.providers.chat.guide.vocabulary import AXES, IDEAS, TOPICS, Axis, role_pattern
from server.providers.chat.talk import Room

GAPS = {"light": "where the light comes from", "composition": "where we look from", "style": "what it is made of",
        "mood": "how it feels"}
_CHOICES = re.compile(
    r"(?:\bin|\bwith|\bas|:)\s+((?:(?!\b(?:in|with|as)\b)[\w' ,-])+?\s+(?:and|or)\s+[\w' -]+?)[.!?\s]*$"
)
MAX_SUBJECT = 1500


def describe(request: Request, room: Room) -> Answer:
    """Prompts for a description in people's own words."""
    base = {"prompt": request.subject[:MAX_SUBJECT]}
    if balance(base["prompt"]) != 0:
        return braces(base)
    if not read(base["prompt"]).missing:
        return _complete(base)
    base, worn = unworn(base)
    sentences = [understood(base["prompt"]), *worn, _seen(base["prompt"])]
    offers = [looked(base, look, room.image_model or {}) for look in looks_for(base["prompt"], 2)]
    if "{" in base["prompt"]:
        sentences.append("Your macros stay as you wrote them.")
    else:
        axis = open_axis(base["prompt"])
        offers.append(compared(base, [(axis, 3)], f"Three answers to the question of {axis.name}, all else equal."))
        sentences.append(f"The third compares three kinds of {axis.name} side by side, which tells more than guessing.")
    return Answer(" ".join([*sentences, *quota(room)]), tuple(offers))


def unworn(base: dict) -> tuple[dict, list[str]]:
    """The base without words that no longer say anything, and a sentence where there were some."""
    found = read(base["prompt"]).found["worn"]
    prompt = str(Prompt.read(base["prompt"]).without(role_pattern("worn"))) if found else ""
    if not prompt:
        return base, []
    said = f'Words like "{found[0]}" are worn out and push real ones back, so I left them out.'
    return {**base, "prompt": prompt}, [said]


def _seen(prompt: str) -> str:
    first, second = (why(look, prompt) for look in looks_for(prompt, 2))
    if first == second:
        return f"Both cards add it in their own way: {first}."
    return f"In the first card, {first}; in the second, {second}."


def understood(prompt: str) -> str:
    """A sentence on what a prompt says and what it leaves open."""
    reading = read(prompt)
    gaps = listed([GAPS[gap] for gap in reading.missing]).replace(" and ", " or ")
    if not any(reading.found.values()):
        return "My vocabulary is English and knows none of these words, so they stay and I add what surrounds them."
    start = f"The subject is clear ({reading.subject})" if reading.subject else "Your subject stays in your own words"
    return f"{start}, but nothing says {gaps}." if gaps else f"{start}, and nothing is left open."


def quota(room: Room) -> list[str]:
    """A sentence when little is left for today."""
    left = room.quota_left
    if left is None or left >= room.offer_size:
        return []
    return ["You have no pictures left today, so keep the card for tomorrow."] if left <= 0 else [
        f"You have {left} picture{'s' if left != 1 else ''} left today, less than a card's {room.offer_size}."]


def surprise(room: Room, salt: int) -> Answer:
    """Three subjects nobody asked for, others each time."""
    start = choice(range(len(IDEAS)), str((room.theme or {}).get("name"))) + 3 * salt
    ideas = [IDEAS[(start + number) % len(IDEAS)] for number in range(3)]
    offers = [looked({"prompt": idea}, looks_for(idea, 1)[0], room.image_model or {}) for idea in ideas]
    text = ("Three to begin with, each with something that happens in it, because a small event gives a picture a "
            "reason to be looked at. Take one, swap its subject for yours, or ask again for three others.")
    if room.theme and room.theme.get("name"):
        text += f" Your theme {room.theme['name']} comes before every prompt, so these leave its world open."
    return Answer(text, tuple(offers))


def variants(request: Request, base: dict, room: Room) -> Answer:
    """Macros instead of many prompts, on the axes that were named or else on what is open."""
    prompt = base.get("prompt", "")
    if not prompt:
        idea = {"prompt": choice(IDEAS, request.text)}
        return Answer("Variants of what? Name the subject, and I put the choices into macros. Like this, for example:",
                      (compared(idea, [(_axis("light"), 3)], "One subject in three lights."),))
    if balance(prompt) != 0:
        return braces(base)
    named = _named_choices(request.text)
    if named:
        return _of_named(base, named)
    axes = list(request.axes) or [open_axis(prompt)]
    return _on_axes(base, axes, request.number, room)


def braces(base: dict) -> Answer:
    """A prompt whose braces do not match, mended."""
    missing = balance(base["prompt"])
    if missing > 0:
        mended, what = _closed(base["prompt"], missing), "a { that nothing closes"
    else:
        mended, what = " ".join(re.sub(r"[{}]", "", base["prompt"]).split()), "a } that nothing opened"
    text = (f"There is {what}, so the macro would not be read. The card holds my guess at what you meant; a brace that "
            "is meant as plain text is written \\{ or \\}.")
    return Answer(text, (offer(mended, "Braces in pairs, so that macros can be read."),))


def _closed(prompt: str, missing: int) -> str:
    """The last option of an open macro is most likely one word."""
    closed = re.sub(r"(\|\s*[^\s|{}]+)(?=[^|{}]*$)", r"\1}", prompt, count=1) if missing == 1 else prompt
    return closed if balance(closed) == 0 else prompt + "}" * missing


def _complete(base: dict) -> Answer:
    text = (
        "That says subject, light, viewpoint, mood and medium, so there is nothing I need to add. The first card is "
        "your prompt as it stands; the second varies the palette alone, which is cheap to change and felt at once."
    )
    return Answer(text, (revised(base, "Complete as it is."), three_palettes(base)))


def three_palettes(base: dict) -> dict:
    """The base with the one axis that suits a complete prompt."""
    return compared(base, [(_axis("palette"), 3)], "Three palettes, all else equal.")


def _on_axes(base: dict, axes: list[Axis], number: int, room: Room) -> Answer:
    first, second, *_ = [*axes, *(axis for axis in (_axis("view"), _axis("light")) if axis not in axes)]
    count = min(max(number or 4, 2), len(first.options))
    offers = (
        compared(base, [(first, count)], f"{count} choices of {first.name}, all else equal."),
        compared(base, [(first, 3), (second, 2)], f"Three of {first.name} by two of {second.name}: six pictures."),
    )
    text = (
        "I put the choices into macros, so that only one thing changes and you can see what it does. "
        f"The first card has {count} kinds of {first.name}; the second crosses three of them with two of "
        f"{second.name}, six pictures that can be read as a contact sheet."
    )
    if "{" in base["prompt"]:
        text += " Your own macros multiply with these; the card shows the count."
    if (room.image_model or {}).get("built_in"):
        text += " With one seed for all, the built-in sketch keeps the composition too."
    return Answer(" ".join([text, *quota(room)]), offers)


def _of_named(base: dict, named: list[str]) -> Answer:
    macro = "{" + "|".join(named) + "}"
    plain = _CHOICES.sub("", base["prompt"]).strip(" ,") or base["prompt"]
    text = f"Those are {len(named)} choices, so one macro holds them: {macro}. All else stays equal, to compare them."
    prompt = _tinted(plain, macro) if all(map(role_pattern("colour").fullmatch, named)) else ""
    prompt = prompt or str(Prompt.read(plain).plus(macro))
    return Answer(text, (revised(base, f"{len(named)} choices side by side.", prompt=prompt),))


def _tinted(prompt: str, macro: str) -> str:
    """Colours belong before the subject, where there is one outside of macros."""
    subject = read(prompt).subject
    if not subject or "{" in prompt:
        return ""
    return re.sub(rf"\b{re.escape(subject)}", lambda match: f"{macro} {match[0]}", prompt, count=1, flags=re.IGNORECASE)


def _named_choices(text: str) -> list[str]:
    found = _CHOICES.search(text)
    parts = re.split(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+", found[1]) if found else []
    return [part.strip() for part in parts if part.strip()] if 2 <= len(parts) <= 12 else []


def _axis(name: str) -> Axis:
    return next(axis for axis in AXES if axis.name == name)


def greeting(room: Room) -> Answer:
    """Who speaks here, and something to start from."""
    idea = {"prompt": choice(IDEAS, str((room.theme or {}).get("name")))}
    card = compared(idea, [(_axis("light"), 3)], "One subject in three lights, to see macros at work.")
    return Answer(TOPICS["hello"], (card,))
