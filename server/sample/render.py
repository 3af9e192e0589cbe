"""`python -m server.sample.render`: make the sample's pictures anew with `sketch` from the recipes in script.json."""

import hashlib
import io
import json
from pathlib import Path

from PIL import Image

from server import prompts
from server.providers.connection import Connection
from server.providers.images.job import ImageJob, Picture
from server.providers.images.sketch import Sketch
from server.storage import thumbnails

HERE = Path(__file__).parent
SIDE = 768
STEPS, CFG = 24, 7.0


def main() -> None:
    path = HERE / "script.json"
    script = json.loads(path.read_text())
    for line in script["story"]:
        if "template" in line:
            template = prompts.parse(line["template"])
            line["axes"] = [
                {"name": axis.name, "options": axis.options, "nested": axis.nested} for axis in template.axes
            ]
            line["settings"] = {
                "width": SIDE,
                "height": SIDE,
                "steps": STEPS,
                "cfg_scale": CFG,
                "sampler": None,
                "seed": line["seeds"][0],
                "seed_mode": "same",
            }
            line["pictures"] = [
                make(template.expand(number % template.count), seed, f"{line['name']}-{number + 1}.webp")
                for number, seed in enumerate(line["seeds"])
            ]
    path.write_text(json.dumps(script, indent=1, ensure_ascii=False) + "\n")


def make(combination, seed: int, file: str) -> dict:
    """Paint one picture and write it and its thumbnails beside the script."""
    job = ImageJob(file, "sketch", combination.prompt, "", seed, SIDE, SIDE, STEPS, CFG)
    *_, picture = Sketch(Connection("sketch", "sketch"), pace=0).make(job)
    assert isinstance(picture, Picture)
    out = io.BytesIO()
    Image.open(io.BytesIO(picture.data)).save(out, "WEBP", quality=90, method=6)
    data = out.getvalue()
    facts, thumbs = thumbnails.develop(data)
    (HERE / file).write_bytes(data)
    for width, thumb in zip((768, 384), thumbs, strict=True):
        (HERE / file).with_suffix(f".{width}.webp").write_bytes(thumb)
    return {
        "file": file,
        "prompt": combination.prompt,
        "negative": "",
        "assignment": combination.assignment,
        "seed": seed,
        "width": SIDE,
        "height": SIDE,
        "steps": STEPS,
        "cfg_scale": CFG,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "thumbhash": facts["thumbhash"],
    }


if __name__ == "__main__":
    main()
