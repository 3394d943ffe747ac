"""Helper library of the Customer Value Workbook.

Four rooms on a ground floor: `analysis` computes, `practice` keeps state, `views` draws and `course`
brings them together. A room imports only what stands to its left.
"""

__version__ = "0.1.0"
