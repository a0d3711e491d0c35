"""The store: releases as they were known on their day.

Layout of a store's folder::

    catalogue.json                  which releases count; replaced in one step, so a load is all or nothing
    releases/<digest>/release.json  what the publication is
    releases/<digest>/observations.parquet
    releases/<digest>/rows-<n>.parquet    of a large file, in codes (:mod:`tidewaiter.store.rows`)
    raw/<aa>/<sha256>               the bytes as they came
    staging/                        half-written loads; swept by the next one
    lock                            one writer at a time; readers never wait

>>> Store.open("demo-store").releases()  # doctest: +SKIP
"""

from tidewaiter.store.store import Store

__all__ = ["Store"]
