"""Every socket is pinged as long as it answers, all of them by one task."""

import pytest

from tests.harness.client import newcomers
from tests.harness.wire import Wire


@pytest.mark.parametrize("mode", ["eventlet", "gevent"])
def test_who_answers_is_pinged_again_and_who_does_not_is_not(start_product, mode):
    product = start_product(ASYNC_MODE=mode, PING_SECONDS="0.2")
    with newcomers(product.base_url) as make:
        ana = make("Ana")
        answering, silent = Wire.of(ana), Wire.of(ana)
        for _ in range(5):
            assert answering.hear("2") == "2"
        assert silent.socket.recv() == "2"  # and is not answered, so the next that it hears is this:
        silent.send('427["join",{}]')
        assert silent.socket.recv().startswith("437")
        answering.close()
        silent.close()
