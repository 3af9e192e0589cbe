"""What a request comes to: the styles in force, the settings, and what the model will ignore of them."""

from dataclasses import dataclass

from server.errors import Invalid
from server.extensions import db
from server.models import Style
from server.protocol.requests import Generate

SNAPSHOT = ("id", "name", "positive", "negative", "cfg_scale", "steps", "seed", "width", "height", "sampler")


@dataclass(frozen=True)
class Settings:
    """Pixels, steps, guidance and seed; None where the model has no such control."""

    width: int
    height: int
    steps: int | None
    cfg_scale: float | None
    sampler: str | None
    seed: int | None


def styles_of(request: Generate) -> list[dict]:
    """Snapshots of the named styles, in the order in which they apply."""
    ids = list(dict.fromkeys([*request.style_ids, *([request.style_id] if request.style_id else [])]))
    found = []
    for id in ids:
        style = db.session.get(Style, id)
        if style is None or style.deleted_at or style.workspace_id != request.workspace_id:
            raise Invalid("There is no such style in this workspace. It may have been deleted.", field="style_ids")
        found.append({name: getattr(style, name) for name in SNAPSHOT})
    return found


def settle(request: Generate, styles: list[dict], model: dict) -> Settings:
    """The request's own words before the last style's, before the model's defaults; out of range is Invalid."""
    can = model["capabilities"]

    def wish(name: str):
        wishes = [getattr(request, name), *(style[name] for style in reversed(styles))]
        return next((value for value in wishes if value is not None), None)

    width, height = _size(wish("width"), wish("height"), can["size"])
    sampler = wish("sampler")
    if can["samplers"] and sampler and sampler not in can["samplers"]:
        raise Invalid("This model has no such sampler. Choose one from its list.", field="sampler")
    return Settings(
        width=width,
        height=height,
        seed=wish("seed"),
        steps=_in_range("steps", wish("steps"), can["steps"], int),
        cfg_scale=_in_range("cfg_scale", wish("cfg_scale"), can["cfg_scale"], float),
        sampler=sampler if can["samplers"] else None,
    )


def ignored_of(request: Generate, styles: list[dict], model: dict, negative: str) -> list[str]:
    """The fields that somebody set and the model does not listen to."""
    can = model["capabilities"]
    asked = {
        name
        for name in ("seed", "steps", "cfg_scale", "sampler")
        if getattr(request, name) is not None or any(style[name] is not None for style in styles)
    }
    deaf = {name for name in asked if not can["samplers" if name == "sampler" else name]}
    if negative and not can["negative"]:
        deaf.add("negative")
    if request.strength is not None and not can["img2img"]:
        deaf.add("strength")
    return sorted(deaf)


def _size(width: int | None, height: int | None, size: dict) -> tuple[int, int]:
    choices = [tuple(choice) for choice in size.get("choices", [])]
    if choices:
        if width is None and height is None:
            return choices[0]
        if (width, height) not in choices:
            listed = ", ".join(f"{w}×{h}" for w, h in choices)
            raise Invalid(f"This model makes pictures of {listed}. Choose one of these.", field="width")
        return width, height
    usual = size["default"]
    sides = {"width": width or usual[0], "height": height or usual[1]}
    for name, side in sides.items():
        if not size["min"] <= side <= size["max"] or (side - size["min"]) % size["step"]:
            raise Invalid(
                f"The {name} must be {size['min']} to {size['max']} pixels in steps of {size['step']} for this model.",
                field=name,
            )
    return sides["width"], sides["height"]


def _in_range(name: str, value, allowed: dict | None, kind: type):
    if allowed is None:
        return None
    if value is None:
        return kind(allowed["default"])
    if not allowed["min"] <= value <= allowed["max"]:
        words = name.replace("_", " ")
        raise Invalid(f"The {words} must be {allowed['min']:g} to {allowed['max']:g} for this model.", field=name)
    return kind(value)
