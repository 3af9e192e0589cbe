"""Colours by hand: the hours of the day, the greys of weather, what things are made of."""

PARTS = ("zenith", "mid", "horizon", "light", "far", "near", "accent")  # the order of the codes below
TIMES = {  # codes, exposure of local colours, how far `near` pulls them
    "dawn": [
        ("#6d86b8 #c6b2d2 #ffd9bb #fff0d2 #bca6c2 #35425f #f08a6b", 0.96, 0.3),
        ("#5b86a8 #b4cbd6 #fce6c6 #fff6e0 #aebfcb #2c4a58 #e98f5a", 0.98, 0.26),
        ("#8a7fb5 #e0a9b9 #ffd3a6 #ffeccb #c799b0 #433a5e #f6a35c", 0.95, 0.32),
    ],
    "day": [
        ("#3c84c6 #86bfe4 #e3f1f2 #fffae6 #a4c4d8 #24505a #e8623f", 1.06, 0.12),
        ("#4a9bc0 #a5d5dc #f3f1da #fffbe6 #abcbcb #2c5648 #f0883e", 1.06, 0.12),
        ("#5a8fd0 #a9cdf0 #f7ebdd #fffdf0 #b3c6e0 #33486a #e4573d", 1.07, 0.12),
    ],
    "golden": [
        ("#6fa3b4 #eecb91 #ffe2a3 #fff3c6 #dcae77 #553425 #d8482b", 1.02, 0.24),
        ("#8f9fb0 #f2b988 #ffdb98 #fff0bf #d49c7a #51303a #c9402f", 1.0, 0.26),
        ("#5f93a6 #d9d0a0 #fbe6a6 #fff6ce #c9b583 #3f3f2c #d9642b", 1.03, 0.22),
    ],
    "sunset": [
        ("#34306b #bd4b70 #ffb463 #fff0b4 #a34d70 #221a3c #ffd166", 0.74, 0.46),
        ("#4b3f82 #e2637b #ffc67f #fff1c2 #b7607c #2c2146 #ffdf87", 0.78, 0.42),
        ("#27506f #d9805f #ffcf7a #fff3c0 #a3706f #1d2a3d #f6c453", 0.76, 0.42),
    ],
    "dusk": [
        ("#1c2659 #5058a6 #eda3a0 #ffe3c0 #5a5fa6 #171c42 #ffcf7a", 0.6, 0.46),
        ("#16335f #5f73b8 #f3b8a4 #ffe9c2 #4f73a4 #10264a #ffc766", 0.6, 0.46),
        ("#2b2262 #704fa6 #f5a0aa #ffdccb #6f58a6 #1d1644 #ffd07f", 0.6, 0.46),
    ],
    "night": [
        ("#070d24 #152a57 #3a5f92 #f4efd8 #2f4d7d #070d1f #ffd98a", 0.42, 0.52),
        ("#05161f #0f3c4c #3d8690 #eff6e2 #2b626e #05141a #ffdf9a", 0.42, 0.52),
        ("#120c2b #2d2360 #65539c #f7ead8 #47407e #0d0a20 #ffcb8a", 0.42, 0.52),
    ],
}
GREYS = {  # what weather mixes in
    "cloud": ("#7f94a6 #afbfc9 #e4e6df #fff9ea #a7b5bd #34464f #e5804a", 0.45),
    "fog": ("#a8b7bf #c6d0d2 #e7e8e0 #fffaf0 #c2cccd #41535c #e0814f", 0.5),
    "rain": ("#5d6f80 #8496a3 #b9c6ca #f2f3ea #8b9ca8 #26343f #f0a04a", 0.55),
    "storm": ("#1f2a36 #43535f #a7b3ac #eaf0dc #5c6c74 #121b23 #f2c14e", 0.75),
    "snow": ("#8fa6bf #c0d0de #f0f0ee #fffaf0 #bccbd9 #3a4f68 #d8563f", 0.4),
}
LOCAL = {
    "grass": "#6f9a45",
    "foliage": "#4c7d43",
    "pine": "#2f5c4b",
    "snow": "#eef2f6",
    "sand": "#dfae72",
    "rock": "#77747f",
    "water": "#2f7f96",
    "wood": "#8a6242",
    "concrete": "#bdb6ab",
    "wall": "#d9c7ae",
    "road": "#4a4b55",
    "leaf": "#d2742c",
    "earth": "#93704c",
    "cloud": "#ffffff",
}
SEASONS = {
    "spring": {"grass": "#86b04f", "foliage": "#7fae5c", "leaf": "#f3b6c6"},
    "autumn": {"grass": "#b99a4a", "foliage": "#c86f2e", "leaf": "#d3702a"},
    "winter": {"grass": "#e9eef3", "foliage": "#a9b7bf", "pine": "#3f6068"},
}
MATERIALS = {  # what a colour word before this noun paints
    "forest": "foliage pine",
    "tree": "foliage leaf",
    "meadow": "grass",
    "hills": "grass",
    "dunes": "sand",
    "mountains": "rock",
    "sea": "water",
    "lake": "water",
    "coast": "water",
    "water": "water",
    "hall": "concrete wall",
    "window": "wall",
    "leaf": "leaf",
    "still": "wall",
}
