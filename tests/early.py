"""Loaded before every other pytest plugin: keeps a compiled grammar nobody uses from costing each process a second."""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
