"""Real pictures that differ by prompt and seed."""

import base64
import hashlib
import io
import random

from PIL import Image, ImageDraw, ImageFilter


def picture(
    prompt: str, seed: int, width: int, height: int, form: str = "PNG", done: float = 1.0, grain: bool = False
) -> bytes:
    """Coloured circles on a ground; blurred while `done` is below 1, as heavy as a photograph with `grain`."""
    chance = random.Random(hashlib.sha256(f"{prompt}|{seed}".encode()).digest())
    image = Image.new("RGB", (width, height), _colour(chance))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, r = chance.random() * width, chance.random() * height, chance.random() * min(width, height) / 3
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_colour(chance))
    if done < 1:
        image = image.filter(ImageFilter.GaussianBlur((1 - done) * min(width, height) / 8))
    if grain:
        image = Image.blend(image, Image.effect_noise((width, height), 64).convert("RGB"), 0.1)
    out = io.BytesIO()
    image.save(out, form, quality=85)
    return out.getvalue()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)
