"""Names for the types of dataframe libraries.

The libraries need not be installed, and most of them carry no type information, so each name stands for
``Any``: it tells the reader what is meant, and the type checker nothing.
"""

from __future__ import annotations

from typing import Any, TypeAlias

NativeFrame: TypeAlias = Any  # a table of pandas, Polars, PyArrow, DuckDB, Dask or PySpark
NativeColumn: TypeAlias = Any  # a column of one of them, or an Arrow array
NativeType: TypeAlias = Any  # the type of a column
Library: TypeAlias = Any  # the module of one of them
Expression: TypeAlias = Any  # an expression of Polars, or a condition in SQL
ColumnName: TypeAlias = Any  # text, or a tuple of text where pandas' columns have several levels
Cell: TypeAlias = Any  # a value of a column, of any type
