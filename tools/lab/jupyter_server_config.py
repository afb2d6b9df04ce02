"""How Jupyter serves the book: by `make read`, and by a plain `jupyter lab` in .venv, if make made that.

Else it is `jupyter lab --config=tools/lab/jupyter_server_config.py chapters/00_the_network.ipynb`.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BOOK = HERE.parents[1]
sys.path.insert(0, str(BOOK))
from tools import first_look  # noqa: E402

c = get_config()  # noqa: F821
if BOOK in (Path.cwd(), *Path.cwd().parents):  # elsewhere .venv may serve other notebooks
    # Chapters link to ../README.md and ../figures: under the root `chapters`, Jupyter's own choice for
    # `jupyter lab chapters/00_the_network.ipynb`, these lead nowhere.
    c.ServerApp.root_dir = str(BOOK)
    c.LabApp.default_url = "/lab/tree/chapters/00_the_network.ipynb"
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.answer_yes = True  # one Ctrl-C stops it
c.ServerApp.allow_root = hasattr(os, "geteuid") and os.geteuid() == 0  # the rule in containers
c.ServerApp.jpserver_extensions = {"tools.saved_copy": True}
c.ServerApp.contents_manager_class = "tools.saved_copy.Contents"
# overrides.json asks no question about news on the first page and looks up no newer versions, has every cell
# in the page, since a link into a chapter cannot find a cell that is not, and cuts neither code nor names.
c.LabApp.app_settings_dir = str(HERE)
# custom/custom.css lets what is wider than the window scroll in its own box, with its bar in sight.
c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {"static_custom_path": [str(HERE / "custom")]}
c.LabApp.workspaces_dir = first_look.workspaces()
c.LabApp.extension_manager = "readonly"  # nor those of extensions
