"""Arrays to one .npz file and back, whole or not at all; it knows nothing of what they mean."""

import os
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

# What NumPy and zipfile raise on a file that is damaged, or not what it seems: TypeError for a bare .npy,
# RuntimeError for an encrypted or unknown zip.
UNREADABLE = (
    ValueError,
    OSError,
    EOFError,
    KeyError,
    TypeError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


def write(path, file_format, arrays):
    """Write named arrays to one file at exactly ``path``; a kill half-way leaves what was there before.

    Parameters
    ----------
    path : str or path
    file_format : (str, int)
        What the file is, and its version.
    arrays : dict of str to array
    """
    path = Path(path)
    name, version = file_format
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".unfinished")
    try:
        with os.fdopen(handle, "wb") as file:
            about = {"format": name, "version": version, "count": len(arrays)}
            np.savez(file, **about, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(unfinished, _permissions(path))
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def read(path, file_format):
    """Return the named arrays of a file that `write` wrote.

    Parameters
    ----------
    path : str or path
    file_format : (str, int)
        What the file must be, and the newest version that can be read.

    Raises
    ------
    ValueError
        The file is truncated or damaged, is something else, or of a newer version.
    FileNotFoundError
        There is no file.
    """
    name, newest = file_format
    try:
        # Opened here: np.load forgets to close the path of a damaged file.
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
    except (FileNotFoundError, PermissionError):
        raise
    except UNREADABLE:
        arrays = None
    damaged = f"path: {path} is not a whole file of {name}; it is truncated or something else"
    if arrays is None:
        raise ValueError(damaged)
    if str(arrays.pop("format", None)) != name or not {"version", "count"} <= set(arrays):
        raise ValueError(f"path: {path} is not a file of {name}; expected one that its save wrote")
    version, count = int(arrays.pop("version")), int(arrays.pop("count"))
    if version > newest:
        raise ValueError(f"path: {path} has format version {version}; this mlp_core reads up to {newest}")
    if len(arrays) != count:  # a damaged list of contents can hide an array
        raise ValueError(damaged)
    return arrays


def _permissions(path):
    # mkstemp makes private files; this one takes the rights of what it replaces, or the usual ones.
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
