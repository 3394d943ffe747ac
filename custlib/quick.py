"""Imports without a cost nobody needs.

altair, nbformat, papermill and nbconvert import jsonschema, which looks for `rfc3987_syntax`, a grammar
that is compiled at import (0.8 to 1.1 s) to check a URI format that no notebook uses. Hidden for the time
of the import, it is not compiled, and every program that wants it later still gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"


@contextmanager
def quick_imports() -> Iterator[None]:
    """Hide the compiled grammar while the body imports; leave everything as it was."""
    hidden = GRAMMAR not in sys.modules
    if hidden:
        sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            sys.modules.pop(GRAMMAR, None)
