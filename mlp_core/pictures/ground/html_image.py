"""How a picture stands in a notebook: an image that carries its alternative text wherever it is read.

An output of the kind image/png has a place for such a text in its metadata, but neither JupyterLab nor
nbconvert's own template reads it. An image in HTML has it everywhere.
"""

import base64
import html


def image_in_html(png: bytes, text: str, width: int) -> str:
    """Return an <img> element that holds a PNG, `width` pixels wide at most, and its alternative text."""
    data = base64.b64encode(png).decode()
    return f'<img alt="{html.escape(text)}" width="{width}" src="data:image/png;base64,{data}">'
