"""Short runs of the benchmarks, with bounds that leave room for a busy machine but not for a mistake."""

import pytest

from tests.benchmarks import crowd, first_token, macros, pictures
from tests.benchmarks.stage import Stage, stage
from tests.benchmarks.table import percentile

ROOM = 5.0
BELL_LOST = 500


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Stage:
    with stage(tmp_path_factory.mktemp("stage")) as opened:
        yield opened


def test_a_token_costs_far_less_than_emitting_it_to_each_viewer(opened):
    bare, ours = crowd.of_bare(200), crowd.of_ours(opened, 200)
    assert ours.cpu / bare.cpu < 0.6, f"{ours.cpu:.1f} µs a token and viewer; bare takes {bare.cpu:.1f}"
    assert percentile(ours.delays, 0.5) < 70 * ROOM


def test_a_first_word_comes_soon_after_the_models_own(opened):
    ours, _ = first_token.added(opened, 10)
    assert percentile(ours, 0.5) < BELL_LOST, "the bell is not heard: workers find the reply by looking around"


def test_a_picture_is_in_every_tab_soon_after_its_last_byte(opened):
    ours, plain = pictures.delays(opened, 5), pictures.plainly(5)
    assert percentile(ours, 0.5) < ROOM * max(120, percentile(plain, 0.5)), "far slower than making the thumbnails"


def test_macros_are_counted_while_one_types():
    for row in macros.rows():
        assert row.value < row.target * ROOM, str(row)
