"""What figures are like: how tall, and whether they float or fly."""

from __future__ import annotations

AFLOAT = {"ship", "boat", "whale", "fish", "turtle", "swan"}
AIRBORNE = {"balloon", "butterfly", "lantern", "dragon"}
SIZES = {  # heights of figures in units of the picture's height
    "fox": .36, "cat": .36, "wolf": .38, "rabbit": .3, "bear": .36, "deer": .42, "horse": .42, "bird": .22, "crane": .4, "owl": .3,
    "whale": .37, "fish": .22, "person": .28, "astronaut": .34, "ship": .42, "boat": .3, "lighthouse": .46, "house": .26,
    "castle": .36, "windmill": .4, "balloon": .26, "tower": .5, "butterfly": .2, "elephant": .36, "turtle": .26, "lantern": .16,
    "tree": .62, "dragon": .36, "robot": .34, "rocket": .4, "car": .24, "mushroom": .3, "swan": .3, "penguin": .28,
}
