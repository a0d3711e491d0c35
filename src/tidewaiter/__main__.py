"""``python -m tidewaiter``."""

import sys

from tidewaiter.cli import main

sys.exit(main())
