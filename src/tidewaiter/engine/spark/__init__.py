"""The engine on a Spark cluster that is there: the same blocks on many machines, the same bits.

:mod:`ready`    what must be there before a cluster is asked: pyspark, Java, somebody who answers
:mod:`parcel`   what a block leaves behind as bytes, for the way between machines
:mod:`shared`   the folder of statistics that several machines write
:mod:`work`     what the workers run: a block; the top of a flow
:mod:`run`      one run: two stages, and the summary

pyspark is imported here alone, and only when a cluster is asked for.
"""

from tidewaiter.engine.spark.run import run

__all__ = ["run"]
