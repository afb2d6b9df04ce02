"""Arrays to one .npz file and back, whole or not at all; it knows nothing of what they mean."""

import io
import math
import os
import secrets
import stat
import zipfile
from pathlib import Path
from typing import Any

import numpy as np


def write(path: str | os.PathLike, file_format: tuple[str, int], arrays: dict[str, Any]) -> None:
    """Write named arrays to one file at exactly ``path``; a kill half-way leaves what was there before.

    ``file_format`` says what the file is, and its version. Where ``path`` is a link, what it leads to is
    replaced.
    """
    path = Path(os.path.realpath(path))
    unfinished = path.with_name(f".{path.name}-{secrets.token_hex(8)}.unfinished")
    rights = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    try:
        with _new_file(unfinished, 0o666 if rights is None else rights) as file:
            np.savez(file, format=file_format[0], version=file_format[1], count=len(arrays), **arrays)
            file.flush()
            os.fsync(file.fileno())
            if not unfinished.exists():  # src_dir_fd makes os.link follow the link that /proc is
                os.link(f"/proc/self/fd/{file.fileno()}", unfinished, src_dir_fd=file.fileno())
        if rights is not None:
            os.chmod(unfinished, rights)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _new_file(unfinished, rights):
    # Linux knows files without a name, of which a kill leaves nothing; elsewhere it has its name at once.
    if hasattr(os, "O_TMPFILE") and os.path.isdir("/proc/self/fd"):
        try:
            return os.fdopen(os.open(unfinished.parent, os.O_TMPFILE | os.O_WRONLY, rights), "wb")
        except OSError:  # not every file system has them; what else is wrong the next line says as well
            pass
    return open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, rights))


def read(path: str | os.PathLike, file_format: tuple[str, int]) -> dict[str, np.ndarray]:
    """Return the named arrays of a file that `write` wrote, of this format and no newer version.

    Raises ValueError where the file is truncated or damaged, is something else, or of a newer version.
    """
    name, newest = file_format
    if os.path.isdir(path):
        raise ValueError(f"path: got {path}, a folder; expected a file of {name}")
    with open(path, "rb") as file:
        try:
            arrays = _arrays(file)
        except Exception:  # NumPy and zipfile raise a dozen things on bytes that are not what they seem
            arrays = {}
    if any(arrays.get(key, np.empty(1)).shape for key in ("format", "version", "count")):
        raise ValueError(f"path: {path} is not a whole file of {name}; it is truncated or something else")
    found, version, count = (arrays.pop(key)[()] for key in ("format", "version", "count"))
    if found != name or not isinstance(version, np.integer) or version < 1:
        raise ValueError(f"path: {path} is not a file of {name}; expected one that its save wrote")
    if version > newest:
        raise ValueError(f"path: {path} has format version {version}; this mlp_core reads up to {newest}")
    if len(arrays) != count:  # a damaged list of contents can hide an array
        raise ValueError(f"path: {path} is not a whole file of {name}; an array is missing or too many")
    return arrays


def _arrays(file):
    # `write` compresses nothing, so no array is longer than the file: one that says so is refused unread.
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        compressed = any(member.compress_type != zipfile.ZIP_STORED for member in members)
        if compressed or sum(member.compress_size for member in members) > os.fstat(file.fileno()).st_size:
            raise ValueError
        return {member.filename.removesuffix(".npy"): _array(archive.read(member)) for member in members}


def _array(data):
    # Not np.load: that sets memory aside for what the header says, before it looks whether it is there.
    file = io.BytesIO(data)
    np.lib.format.read_magic(file)
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(file)
    array = np.frombuffer(data, dtype, offset=file.tell())
    if array.size != math.prod(shape):
        raise ValueError
    return array.reshape(shape, order="F" if by_columns else "C")
