"""Which files of the installed browser packages are served, and under which names."""

import shutil
from pathlib import Path

SERVED = {
    "bootstrap/css/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/js/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap-icons/bootstrap-icons.svg": "bootstrap-icons/bootstrap-icons.svg",
    "inter/inter-latin-wght-normal.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "marked/marked.esm.js": "marked/lib/marked.esm.js",
    "panzoom/panzoom.min.js": "@panzoom/panzoom/dist/panzoom.min.js",
    "socket.io/socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
    "thumbhash/thumbhash.js": "thumbhash/thumbhash.js",
    "uplot/uPlot.esm.js": "uplot/dist/uPlot.esm.js",
    "uplot/uPlot.min.css": "uplot/dist/uPlot.min.css",
}


def copy(client: Path) -> None:
    """Lay the served files into `client/vendor`, each under the name the pages use."""
    for name, source in SERVED.items():
        target = client / "vendor" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(client / "node_modules" / source, target)
