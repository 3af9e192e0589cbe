"""The suitcase: a workspace as one `.tar.gz`, written and read as a stream. The layout is told in docs/archive.md."""
