"""What reader and writer of a series file share."""

import struct

MAGIC = b"TWSERIE1"
FOOTER = struct.Struct("<qqq")
WITHHELD = 0x8000
FLOW_SHIFT, NODE_SHIFT = 56, 16


def key_of(flow: int, node: int, slot: int) -> int:
    """A series' key; keys sort by flow, node, slot.

    Examples:
        >>> key_of(1, 2, 3) == (1 << 56) + (2 << 16) + 3
        True
    """
    return flow << FLOW_SHIFT | node << NODE_SHIFT | slot
