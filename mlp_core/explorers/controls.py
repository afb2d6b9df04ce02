"""The controls of an explorer: each with a label, a tooltip and a place on the keyboard."""

import ipywidgets

from ..drawing.style import SIGNAL

HIGH = "32px"
LABEL = {"description_width": "initial"}
# Only the act and the chosen button are filled; on a dark page teal is lighter.
STYLE = f"""<style>
.mlp-explorer .widget-toggle-button.mod-active {{ background: {SIGNAL}; color: #fff; }}
.mlp-explorer .mlp-act {{ background: {SIGNAL}; color: #fff; }}
[data-jp-theme-light="false"] .mlp-explorer .widget-toggle-button.mod-active,
[data-jp-theme-light="false"] .mlp-explorer .mlp-act {{ background: #5CC4BD; color: #111; }}
.mlp-explorer .widget-toggle-button, .mlp-explorer .jupyter-button {{ min-height: {HIGH}; width: auto; }}
.mlp-explorer :focus-visible {{ outline: 2px solid {SIGNAL}; outline-offset: 1px; }}
.mlp-explorer .mlp-question {{ font-weight: 600; line-height: 1.4; }}
.mlp-explorer .mlp-refusal {{ color: var(--jp-error-color0, #b00020); line-height: 1.4; }}
.mlp-explorer .mlp-said {{ font-style: italic; line-height: 1.4; }}
</style>"""


def slider(label, value, least, most, step, tooltip, readout_format=".2f"):
    """Return a slider that answers while it moves; arrow keys move it by one step."""
    return ipywidgets.FloatSlider(
        value=value, min=least, max=most, step=step, description=label, tooltip=tooltip,
        readout_format=readout_format, continuous_update=True, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def whole_slider(label, value, least, most, tooltip):
    """Return a slider over whole numbers."""
    return ipywidgets.IntSlider(
        value=value, min=least, max=most, description=label, tooltip=tooltip, continuous_update=True,
        style=LABEL, layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def choice(label, options, value, tooltip):
    """Return buttons of which one is chosen (arrow and tab keys move, space chooses)."""
    return ipywidgets.ToggleButtons(
        options=options, value=value, description=label, tooltip=tooltip, style={**LABEL, "button_width": "auto"},
        layout={"width": "auto"},
    )  # fmt: skip


def menu(label, options, value, tooltip):
    """Return a drop-down list."""
    return ipywidgets.Dropdown(
        options=options, value=value, description=label, tooltip=tooltip, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def field(label, text, tooltip):
    """Return a field for typing, read when Enter is pressed or the field is left."""
    return ipywidgets.Text(
        value=text, description=label, tooltip=tooltip, continuous_update=False, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def switch(label, value, tooltip):
    """Return a check box."""
    return ipywidgets.Checkbox(
        value=value, description=label, tooltip=tooltip, indent=False, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def button(label, tooltip, act=False):
    """Return a button; `act` fills it: the one thing this explorer is for."""
    made = ipywidgets.Button(description=label, tooltip=tooltip, layout={"width": "auto", "min_height": HIGH})
    if act:
        made.add_class("mlp-act")
    return made


def text(html, look=""):
    """Return a line of text of the page."""
    made = ipywidgets.HTML(html, layout={"width": "auto"})
    if look:
        made.add_class(look)
    return made
