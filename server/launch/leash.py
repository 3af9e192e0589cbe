"""A child's own watch on the process that started it."""

import os
import threading
import time
from collections.abc import Callable


def leash(let_go: Callable[[], None], period: float = 1.0) -> None:
    """Call `let_go` within about a second of the parent's death, however it died."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(period)
        let_go()

    threading.Thread(target=watch, name="leash", daemon=True).start()
