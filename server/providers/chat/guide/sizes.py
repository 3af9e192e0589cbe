"""Picture shapes in pixels that a model accepts."""

AREA = 1024 * 1024
SMALL_AREA = 768 * 768
RATIOS = {"portrait": 2 / 3, "vertical": 2 / 3, "tall": 9 / 16, "landscape": 3 / 2, "horizontal": 3 / 2, "square": 1.0,
          "widescreen": 16 / 9, "wallpaper": 16 / 9, "panorama": 2.0, "16:9": 16 / 9, "9:16": 9 / 16, "1:1": 1.0,
          "3:2": 3 / 2, "2:3": 2 / 3}


def shaped(shape: str, image_model: dict) -> dict:
    """`{"width", "height"}` of that shape: the model's nearest choice, or one on its grid and within its range."""
    ratio = RATIOS[shape]
    size = (image_model.get("capabilities") or {}).get("size") or {}
    if size.get("choices"):
        width, height = min(size["choices"], key=lambda choice: abs(choice[0] / choice[1] - ratio))
        return {"width": width, "height": height}
    low, high, step = size.get("min") or 64, size.get("max") or 2048, size.get("step") or 8
    step = max(step, 64) if step and 64 % step == 0 else step
    area = SMALL_AREA if image_model.get("built_in") else AREA
    sides = ((area * ratio) ** 0.5, (area / ratio) ** 0.5)
    width, height = (min(max(round(side / step) * step, low), high) for side in sides)
    return {"width": width, "height": height}
