"""``python -m tidewaiter.bench.engine.peers NAME WORK``: one tool, one task, told line by line."""

import sys
from importlib import import_module

from tidewaiter.bench.engine.peers import TIDEWAITER, module_of
from tidewaiter.bench.engine.peers.work import Work, perform

if __name__ == "__main__":
    task, tool = Work.from_json(sys.argv[2]), import_module(module_of(sys.argv[1]))
    if sys.argv[1] == TIDEWAITER:
        tool.perform(task)
    else:
        perform(tool.Peer(task), task)
