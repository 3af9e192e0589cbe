"""Nothing that a vendor put into an error reaches the helpdesk."""

import pytest

from server.actions.traces import MOST, redacted


@pytest.mark.parametrize(
    "said, left",
    [
        ("See https://user:pw@api.example.com/v1/jobs?key=abc.", "See [address]"),
        ("Key sk-proj-4f9a8b7c6d5e4f3a2b1c is not known", "Key [key] is not known"),
        ("Host 10.0.0.7:7860 does not answer", "Host [address] does not answer"),
        ("No file /srv/models/flux.safetensors here", "No file [path] here"),
        ("Write to ops@example.com", "Write to [email]"),
        ("The image server is too busy. Try again in 2 s.", "The image server is too busy. Try again in 2 s."),
        (None, ""),
    ],
)
def test_an_error_is_told_without_addresses_keys_and_paths(said, left):
    assert redacted(said) == left


def test_an_error_of_any_length_is_told_briefly():
    assert len(redacted("busy " * 1000)) == MOST
