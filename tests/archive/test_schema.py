"""The schema that is shipped is the one that archives are read by."""

from server.archive import schema
from tests.harness.product import ROOT


def test_the_shipped_schema_is_what_the_code_reads():
    shipped = (ROOT / "docs" / "archive.schema.json").read_text()
    assert shipped == schema.text(), "run: python -m server.archive.schema > docs/archive.schema.json"
