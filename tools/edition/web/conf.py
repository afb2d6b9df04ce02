"""What Sphinx makes of the pages that source.py writes; run by `python -m tools.edition.web`."""

import os
import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

# Of what makes the pages besides their sources: where it changes, all of them are made anew.
made_by = sha256(b"".join(path.read_bytes() for path in sorted(HERE.rglob("*.py")))).hexdigest()

project = html_title = "Backpropagation, line by line"
author = "The authors of Backpropagation, line by line"
extensions = ["myst_parser", "sphinx_copybutton", "formulas", "reading"]
root_doc = "index"
exclude_patterns = ["pictures"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
myst_update_mathjax = False
html_math_renderer = "katex"
html_theme = "furo"
html_static_path = [str(HERE / "static"), os.environ["KATEX_STYLE"]]
html_extra_path = [str(HERE.parents[2] / "figures" / "backprop_stepper.gif")]  # the landing page's
html_css_files = ["katex.min.css", "book.css", "narrow.css"]
html_js_files = [("book.js", {"defer": "defer"}), ("reading.js", {"defer": "defer"})]
templates_path = [str(HERE / "templates")]
html_favicon = str(HERE / "static" / "favicon.svg")
html_copy_source = html_show_sourcelink = html_use_index = html_show_copyright = False
html_permalinks_icon = "#"
html_theme_options = {
    "navigation_with_keys": True,
    "light_css_variables": {"color-code-background": "#f1f3f6"},
}
# furo's own colors of code are too pale for axe-core.
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
highlight_language = "none"
copybutton_selector = "div.highlight-python:not(.printed) pre, div.highlight-sh pre"
