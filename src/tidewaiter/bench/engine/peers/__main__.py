"""``python -m tidewaiter.bench.engine.peers NAME WORK``: one tool, one task, told line by line."""

import sys
from importlib import import_module

from tidewaiter.bench.engine.peers import module_of
from tidewaiter.bench.engine.peers.work import Work, perform

if __name__ == "__main__":
    task = Work.from_json(sys.argv[2])
    perform(import_module(module_of(sys.argv[1])).Peer(task), task)
