"""The controls of an explorer: each with a label, a tooltip and a place on the keyboard."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import ipywidgets
import traitlets

from ...pictures.ground.numbers import MINUS, number
from ...pictures.ground.style import SIGNAL, SLATE

HIGH = "32px"
REFUSAL = "46px"  # two lines
SAID = "24px"  # a line: whether it moves by itself, and the verdict on a guess
COLUMN = "350px"  # of controls: a label, a track of 180 px, a field
RESTARTED = "The kernel was restarted, and this answers no more: run this cell again."
LABEL = {"description_width": "initial"}
# The arrow of a drop-down list on a dark page; that of ipywidgets is black on every page.
ARROW = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18'%3E"
    "%3Cpath d='M5 7l4 4 4-4' fill='none' stroke='%23ddd' stroke-width='1.6'/%3E%3C/svg%3E"
)
# Only the act and the chosen button are filled; on a dark page teal is lighter.
STYLE = f"""<style>
.mlp-explorer .widget-toggle-button.mod-active {{ background: {SIGNAL}; color: #fff; }}
.mlp-explorer .mlp-act {{ background: {SIGNAL}; color: #fff; }}
[data-jp-theme-light="false"] .mlp-explorer .widget-toggle-button.mod-active,
[data-jp-theme-light="false"] .mlp-explorer .mlp-act {{ background: #5CC4BD; color: #111; }}
[data-jp-theme-light="false"] .mlp-explorer {{ --mlp-focus: #5CC4BD; }}
[data-jp-theme-light="false"] .mlp-explorer select {{ background-image: url("{ARROW}"); }}
/* A finger needs 24 px; the eye only the disc within. */
.mlp-explorer .widget-slider {{ --jp-widgets-slider-handle-size: 24px; }}
.mlp-explorer .widget-slider .noUi-handle {{
  background: transparent !important; border: none !important; box-shadow: none; border-radius: 50%; }}
.mlp-explorer .widget-slider .noUi-handle::before {{
  content: ""; display: block; position: absolute; inset: 4px; width: auto; height: auto; border-radius: 50%;
  background: var(--jp-layout-color1, #fff); border: 1px solid var(--jp-ui-font-color2, {SLATE}); }}
.mlp-explorer .widget-toggle-button, .mlp-explorer .jupyter-button {{ min-height: {HIGH}; width: auto; }}
.mlp-explorer .jupyter-button:not(.widget-toggle-button) {{ padding: 0 7px; }}
.mlp-explorer .widget-toggle-buttons {{ margin-bottom: 6px; }}
.mlp-explorer .widget-toggle-buttons > .widget-label {{ margin-left: 2px; }}
.mlp-explorer :focus-visible, .mlp-explorer .jupyter-button:focus-visible:enabled {{
  outline: 2px solid var(--mlp-focus, {SIGNAL}); outline-offset: 1px; }}
.mlp-explorer .widget-html > .widget-html-content {{ line-height: 1.4; padding: 4px 0; }}
.mlp-explorer .mlp-question {{ font-weight: 600; }}
/* Room for two lines is kept, so that nothing below moves when something is refused. */
.mlp-explorer .mlp-refusal {{ color: var(--jp-error-color0, #b00020); min-height: {REFUSAL}; }}
.mlp-explorer .mlp-said {{ min-height: {SAID}; max-width: 820px; }}
/* What the picture shows is told to those who only hear it. */
.mlp-explorer .mlp-heard {{
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
/* After a restart of the kernel: one sentence, not a broken chain on every part. */
.mlp-explorer .jupyter-widgets-disconnected::before {{ content: none; }}
.mlp-explorer.jupyter-widgets-disconnected::before {{
  content: "{RESTARTED}"; position: static; color: var(--jp-error-color0, #b00020); font-family: inherit;
  font-size: inherit; width: auto; height: auto; }}
.mlp-explorer .mlp-say {{ font-style: italic; }}
</style>"""


class NumberSlider(ipywidgets.HBox):
    """A slider over a grid of numbers, and a field beside it for any other number.

    ipywidgets' FloatSlider sends back what the browser rounds to its grid: a step's result would be changed
    by being shown, and a value set by a cell be undone. Here the slider holds a whole number, its place on
    the grid, and `value` is the kernel's own.

    Parameters
    ----------
    label, tooltip : str
    value, least, most, step : float
    decimals : int
        Shown in the field.
    """

    value = traitlets.Float()
    refusal = traitlets.Unicode()  # what was typed and is no number, and why
    disabled = traitlets.Bool(False)

    def __init__(
        self,
        label: str,
        value: float,
        least: float,
        most: float,
        step: float,
        tooltip: str,
        decimals: int = 2,
    ):
        self._least, self._step, self._decimals = least, step, decimals
        self._places = round((most - least) / step)
        self.track = ipywidgets.IntSlider(
            value=self._place(value), min=0, max=self._places, description=label, tooltip=tooltip,
            readout=False, continuous_update=True, style=LABEL,
            layout={"width": "auto", "flex": "1 1 auto", "min_width": "0px"},
        )  # fmt: skip
        self.typed = ipywidgets.Text(
            value=number(value, decimals), tooltip=f"{label}: type a number, then Enter",
            continuous_update=False, layout={"width": "64px"},
        )  # fmt: skip
        super().__init__([self.track, self.typed], value=float(value), layout={"min_height": HIGH})
        self.observe(self._show, "value")
        for part in (self.track, self.typed):
            traitlets.dlink((self, "disabled"), (part, "disabled"))
        self.track.observe(self._slid, "value")
        self.typed.observe(self._read, "value")

    @property
    def spoken(self) -> tuple[int, str, float, float, int]:
        """What the page reads out for the track: place, number, number at place 0, step, decimals."""
        return self.track.value, self.typed.value, self._least, self._step, self._decimals

    def _place(self, value):
        return int(min(max(round((value - self._least) / self._step), 0), self._places))

    def _show(self, _=None):
        self.track.value = self._place(self.value)
        self.typed.value = number(self.value, self._decimals)

    def _slid(self, change):
        if change["new"] != self._place(self.value):
            self.value = round(self._least + change["new"] * self._step, 10)

    def _read(self, change):
        if change["new"] == number(self.value, self._decimals):
            return
        typed = _finite(change["new"])
        if typed is None:
            self.refusal = ""
            self.refusal = f"{self.track.description}: got {change['new']!r}; expected a number"
        else:
            self.value = typed
        self._show()


def _finite(text):
    """Return the number that a reader typed; None where it is none, or not a finite one."""
    try:
        typed = float(text.replace(MINUS, "-"))
    except ValueError:
        return None
    return typed if math.isfinite(typed) else None


def spoken(widget: ipywidgets.Widget) -> tuple[int, str, float, float, int] | None:
    """Return what the page reads out for a slider, as `NumberSlider.spoken`; None for another control."""
    if isinstance(widget, NumberSlider):
        return widget.spoken
    return (widget.value, number(widget.value), 0, 1, 0) if isinstance(widget, ipywidgets.IntSlider) else None


def slider(
    label: str, value: float, least: float, most: float, step: float, tooltip: str, decimals: int = 2
) -> NumberSlider:
    """Return a slider that answers while it moves, by arrow keys too; a field takes any number."""
    return NumberSlider(label, value, least, most, step, tooltip, decimals)


def whole_slider(label: str, value: int, least: int, most: int, tooltip: str) -> ipywidgets.IntSlider:
    """Return a slider over whole numbers."""
    return ipywidgets.IntSlider(
        value=value, min=least, max=most, description=label, tooltip=tooltip, continuous_update=True,
        style=LABEL, layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def choice(label: str, options: Iterable, value: Any, tooltip: str) -> ipywidgets.ToggleButtons:
    """Return buttons of which one is chosen (arrow and tab keys move, space chooses)."""
    return ipywidgets.ToggleButtons(
        options=options, value=value, description=label, tooltip=tooltip,
        style={**LABEL, "button_width": "auto"}, layout={"width": "auto"},
    )  # fmt: skip


def menu(label: str, options: Iterable, value: Any, tooltip: str) -> ipywidgets.Dropdown:
    """Return a drop-down list."""
    return ipywidgets.Dropdown(
        options=options, value=value, description=label, tooltip=tooltip, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def field(label: str, text: str, tooltip: str) -> ipywidgets.Text:
    """Return a field for typing, read when Enter is pressed or the field is left."""
    return ipywidgets.Text(
        value=text, description=label, tooltip=tooltip, continuous_update=False, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def switch(label: str, value: bool, tooltip: str) -> ipywidgets.Checkbox:
    """Return a check box."""
    return ipywidgets.Checkbox(
        value=value, description=label, tooltip=tooltip, indent=False, style=LABEL,
        layout={"width": "auto", "min_height": HIGH},
    )  # fmt: skip


def button(label: str, tooltip: str, act: bool = False) -> ipywidgets.Button:
    """Return a button; `act` fills it: the one thing this explorer is for."""
    made = ipywidgets.Button(description=label, tooltip=tooltip, layout={"width": "auto", "min_height": HIGH})
    if act:
        made.add_class("mlp-act")
    return made


def row(*widgets: ipywidgets.Widget) -> ipywidgets.Box:
    """Return widgets side by side, wrapped where there is no room."""
    return ipywidgets.Box(widgets, layout={"display": "flex", "flex_flow": "row wrap", "width": "100%"})


def columns(rows: Iterable[ipywidgets.Widget]) -> ipywidgets.GridBox:
    """Return rows in two columns, each with a track of 180 px at least; in one where there is no room."""
    grid = f"repeat(auto-fit, minmax(min({COLUMN}, 100%), 1fr))"
    layout = {"grid_template_columns": grid, "grid_gap": "2px 24px", "max_width": "820px"}
    made = ipywidgets.GridBox(list(rows), layout={**layout, "align_items": "center"})
    made.add_class("mlp-columns")
    return made


def text(html: str, look: str = "") -> ipywidgets.HTML:
    """Return a line of text of the page."""
    made = ipywidgets.HTML(html, layout={"width": "auto"})
    if look:
        made.add_class(look)
    return made


def all_widgets(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """Yield a widget after all that it is made of: what to close, so that nothing is left."""
    for child in getattr(widget, "children", ()):
        yield from all_widgets(child)
    for part in ("style", "layout"):
        if isinstance(getattr(widget, part, None), ipywidgets.Widget):
            yield getattr(widget, part)
    yield widget


def live_view(box: ipywidgets.Widget) -> dict[str, dict[str, Any]]:
    """Return the part of a MIME bundle by which a page with a kernel shows a widget."""
    view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    return {"application/vnd.jupyter.widget-view+json": view}
