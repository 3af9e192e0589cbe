"""Start Emulsion: `run.py` supervises everything, `run.py web` is the web process alone, `run.py migrate` prepares the database."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit("Emulsion needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

if sys.argv[1:2] == ["web"]:  # sockets, locks and time must be green before anything else is imported
    if os.environ.get("ASYNC_MODE", "eventlet") == "eventlet":
        import eventlet

        eventlet.monkey_patch()
        os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
    elif os.environ["ASYNC_MODE"] == "gevent":
        from gevent import monkey

        monkey.patch_all()
