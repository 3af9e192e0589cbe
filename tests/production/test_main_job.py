"""The main job in a browser, through nginx, three web processes, PostgreSQL and separate workers."""

from tests.browser.test_room import (  # noqa: F401 (both are collected here, with this folder's product)
    test_two_people_in_three_tabs_see_one_batch_develop_and_keep_one_truth,
    three,
)
