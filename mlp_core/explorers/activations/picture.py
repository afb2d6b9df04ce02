"""Activations (chapter 04), the drawing: one unit's curves above, many layers below."""

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...pictures.activations import SAMPLES, broken_at_jumps
from ...pictures.ground.card import log_panel, panel
from ...pictures.ground.marks import PRIME, dot, line, ring, symbol, words
from ...pictures.ground.numbers import fixed, magnitude, number, number_or_power, short_tick
from ...pictures.ground.style import INK, OUTLINE, PULL_UP, SIGNAL, SLATE
from ..ground.stamped_text import stamped_value, stamped_words
from .many_layers import MOST_LAYERS
from .numbers import FARTHEST, what_a_layer_does

# Inches: the left and right columns of panels, (left edge, width), and each row's (bottom, height).
LEFT, RIGHT = (0.8, 2.85), (4.3, 2.35)
UPPER, MIDDLE, LOWER = (4.28, 1.12), (3.0, 0.92), (0.74, 1.16)
# Vertical axes of sigma that were made by hand, room for the triangle included; `framed` makes any other.
FRAMES = {"sigmoid": (-0.32, 1.32), "tanh": (-1.75, 1.75), "relu": (-1.0, 7.2)}
TANGENTS, STEEP = (2.4, 1.2), 0.5  # half lengths; a tangent rises by less than so much of the axis
SIGNAL_SIZES, PULL_SIZES = (1e-8, 1e8), (1e-16, 1e8)  # the fixed axes; what is outside is said in numbers


def outputs_of(sigma):
    """Return the ends of y's axis: the bounds of sigma, or what it reaches where it has none."""
    ends = np.array([-FARTHEST, FARTHEST])
    reached = np.asarray(sigma(ends), float)
    low, high = min(reached), max(reached)
    return tuple(
        float(bound if np.isfinite(bound) else end)
        for bound, end in zip(sigma.bounds, (low, high), strict=True)
    )


def framed(sigma):
    """Return the ends of sigma's vertical axis: its outputs, and the triangle and its label around them."""
    low, high = outputs_of(sigma)
    t = np.linspace(-FARTHEST, FARTHEST, SAMPLES)
    y, slope = np.asarray(sigma(t), float), np.asarray(sigma.derivative(t), float)
    side = _triangle_side(t)
    corners = y + side * slope
    low, high = min(low, corners.min()), max(high, corners.max())
    return low - 0.2 * (high - low), high + 0.2 * (high - low)


def _triangle_side(y_hat):
    """Return 1 where the triangle stands to the right of the point, above a curve that flattens; -1 left."""
    return np.where((y_hat >= 0) & (y_hat <= FARTHEST - 1), 1, -1)


class OneUnit:
    """Sigma over its slope with tangent and guide, the output form beside it, and their numbers."""

    def __init__(self, live):
        self.live, self.activation = live, None
        figure, canvas, move = live.figure, live.canvas, live.animate
        self.sigma = panel(figure, LEFT[0], UPPER[0], LEFT[1], UPPER[1], xlim=(-FARTHEST, FARTHEST))
        self.bell = panel(figure, LEFT[0], MIDDLE[0], LEFT[1], MIDDLE[1], xlim=(-FARTHEST, FARTHEST))
        self.form = panel(figure, RIGHT[0], MIDDLE[0], RIGHT[1], MIDDLE[1])
        for axes in (self.sigma, self.bell):
            axes.set_xticks([-6, -4, -2, 0, 2, 4, 6])
        self.sigma.tick_params(labelbottom=False)
        self.form.tick_params(labelleft=False)  # the same axis as the bell's
        self.curves = [
            axes.plot([], [], color=color, linewidth=2.2, gid=gid, clip_on=False)[0]
            for axes, color, gid in (
                (self.sigma, SIGNAL, "curve-sigma"),
                (self.bell, PULL_UP, "curve-slope"),
                (self.form, PULL_UP, "curve-output-form"),
            )
        ]
        self._name_the_axes(canvas)
        live.animate_rarely(
            *self.curves, self.name, self.sigma.yaxis, self.bell.yaxis, self.form.xaxis, self.form.yaxis
        )
        self.guide = move(line(canvas, [1, 1], [MIDDLE[0], UPPER[0] + UPPER[1]]))
        self.level = move(line(canvas, [1, 1], [1, 1]))
        self.drop = move(line(self.form, [0, 0], [0, 0]))
        # A thick line on the axis: where most units of the network below have their y_hat.
        self.sums = move(line(self.bell, [0, 0], [0, 0], color=SIGNAL, linewidth=4, clip_on=False, zorder=4))
        self.sums.set_solid_capstyle("butt")
        self.tangent = move(self.sigma.plot([], [], color=PULL_UP, linewidth=1.8, zorder=3, gid="tangent")[0])
        self.triangle = move(self.sigma.plot([], [], color=PULL_UP, linewidth=OUTLINE, zorder=3)[0])
        self.across = move(stamped_words(canvas, 0, 0, "1", ha="center", color=PULL_UP))
        self.up = move(stamped_words(canvas, 0, 0, "", color=PULL_UP))
        places = ((self.sigma, SIGNAL), (self.bell, PULL_UP), (self.form, PULL_UP))
        self.dots = [move(dot(axes, 0, 0, color)) for axes, color in places]
        self._table(canvas, move)

    def _name_the_axes(self, canvas):
        """Write what each curve is beside it, where no guide passes, and what the axes are below them."""
        symbol(canvas, 3.72, 5.28, r"\sigma(\hat{y})", ha="left", color=SIGNAL)
        symbol(canvas, 3.72, 4.05, rf"{PRIME}(\hat{{y}})", ha="left", color=PULL_UP)
        self.name = symbol(canvas, RIGHT[0] + 0.08, 4.05, "", ha="left", color=PULL_UP)
        symbol(canvas, LEFT[0] + 0.1, 2.6, r"\hat{y}")
        words(canvas, LEFT[0] + 0.22, 2.6, "before the function")
        line(canvas, [2.45, 2.65], [2.6, 2.6], color=SIGNAL, linewidth=4)
        words(canvas, 2.73, 2.6, "9 in 10 in the network")
        symbol(canvas, RIGHT[0] + 0.3, 2.6, "y")
        words(canvas, RIGHT[0] + 0.42, 2.6, "after the function")

    def _table(self, canvas, move):
        """Write the names and make the numbers, one a row; that of the output form stands above its panel."""
        left, right = RIGHT[0] + 0.08, RIGHT[0] + RIGHT[1] - 0.1
        symbol(canvas, left, 5.3, r"y=\sigma(\hat{y})", ha="left", color=SIGNAL)
        symbol(canvas, left, 5.05, rf"{PRIME}(\hat{{y}})", ha="left", color=PULL_UP)
        ring(canvas, left + 0.06, 4.8)
        words(canvas, left + 0.18, 4.8, "measured")
        symbol(canvas, left, 4.55, rf"{PRIME}(y)", ha="left", color=SLATE)
        words(canvas, left + 0.55, 4.55, "a slip")
        rows = {
            "y": (5.3, SIGNAL),
            "derivative": (5.05, PULL_UP),
            "measured": (4.8, INK),
            "derivative_at_y": (4.55, SLATE),
            "derivative_from_output": (4.05, PULL_UP),
        }
        self.printed = {
            name: move(stamped_value(canvas, right, y, ha="right", color=color))
            for name, (y, color) in rows.items()
        }

    def place(self, numbers):
        """Put everything where the numbers say."""
        if numbers["activation"] != self.activation:
            self._new_activation(numbers["activation"])
        y_hat, y, slope = numbers["y_hat"], numbers["y"], numbers["derivative"]
        ends = np.array([-self.half, self.half])
        self.tangent.set_data(y_hat + ends, y + slope * ends)
        self._place_triangle(y_hat, y, slope)
        for mark, (x, height) in zip(self.dots, self._points(numbers), strict=True):
            mark.set_data([x], [np.nan if height is None else height])
        self.guide.set_xdata([self._inches_across(y_hat)] * 2)
        self._place_level(y_hat, y, slope)
        if numbers["derivative_from_output"] is not None:
            self.drop.set_data([y, y], [0, numbers["derivative_from_output"]])
        self.sums.set_xdata(np.clip(numbers["nine_in_ten"], -FARTHEST, FARTHEST))
        for name, mark in self.printed.items():
            mark.set_text("none" if numbers[name] is None else number_or_power(numbers[name]))

    @staticmethod
    def _inches_across(y_hat):
        """Return where on the card a y_hat is, from its left edge."""
        return LEFT[0] + LEFT[1] * (y_hat + FARTHEST) / (2 * FARTHEST)

    def _place_level(self, y_hat, y, slope):
        """Join the two points of equal height; between the panels only where the curves are level too."""
        height = MIDDLE[0] + MIDDLE[1] * slope / self.bell.get_ylim()[1]
        low, high = self.form.get_xlim()
        ends = self._inches_across(y_hat), RIGHT[0] + RIGHT[1] * (y - low) / (high - low)
        if self.jumps:
            ends = sum(LEFT), RIGHT[0]
        self.level.set_data(ends, [height, height])

    @staticmethod
    def _points(numbers):
        y_hat, y = numbers["y_hat"], numbers["y"]
        return (
            (y_hat, y),
            (y_hat, numbers["derivative"]),
            (y, numbers["derivative_from_output"]),
        )

    def _place_triangle(self, y_hat, y, slope):
        """Put the triangle, 1 across and the slope up, on the side where there is room; hide a flat one."""
        bottom, top = self.sigma.get_ylim()
        visible = slope > 0.02 * (top - bottom)
        for artist in (self.triangle, self.across, self.up):
            artist.set_visible(visible)
        if not visible:
            return
        # Above a rising curve that flattens, under its tangent, there is room.
        side = int(_triangle_side(y_hat))
        x, height = y_hat + side, y + side * slope
        self.triangle.set_data([y_hat, y_hat, x], [y, height, height])
        corner = self._inches_across(y_hat)
        low, high = (UPPER[0] + UPPER[1] * (at - bottom) / (top - bottom) for at in (y, height))
        self.across.set_position((self._inches_across((y_hat + x) / 2), high + 0.11 * side))
        self.up.set_position((corner - 0.05 * side, low + side * max(abs(high - low) / 2, 0.11)))
        self.up.set_ha("right" if side > 0 else "left")
        self.up.set_text(number(slope))

    def _new_activation(self, name):
        """Draw the three curves of another activation, on its own axes."""
        self.activation, sigma = name, ACTIVATIONS[name]
        low, high = outputs_of(sigma)
        before, after = np.linspace(-FARTHEST, FARTHEST, SAMPLES), np.linspace(low, high, SAMPLES)
        slopes = sigma.derivative(before)
        self.tells = sigma.derivative_from_output is not None
        form = sigma.derivative_from_output(after) if self.tells else np.full(SAMPLES, np.nan)
        curves = ((before, sigma(before)), (before, slopes), (after, form))
        for curve, (at, heights) in zip(self.curves, curves, strict=True):
            curve.set_data(*broken_at_jumps(at, heights))
        self.jumps = bool(np.isnan(self.curves[1].get_ydata()).any())
        self._new_axes(sigma, low, high, float(slopes.max()))
        self.name.set_text(f"${sigma.output_form or PRIME}$" if self.tells else "")
        for mark in (self.drop, self.level):
            mark.set_visible(self.tells)
        self.live.redraw_rarely()

    def _new_axes(self, sigma, low, high, steepest):
        """Set the limits and ticks for an activation whose outputs lie between low and high."""
        limits, ticks = FRAMES.get(sigma.name) or framed(sigma), np.linspace(low, high, 3)
        self.sigma.set_ylim(limits)
        self.sigma.set_yticks(ticks)
        self.form.set_xlim(low, high)
        self.form.set_xticks(ticks)
        for axes in (self.bell, self.form):
            axes.set_ylim(0, 1.14 * steepest)
            axes.set_yticks([0, short_tick(steepest)])
        rise = STEEP * (limits[1] - limits[0])
        self.half = next((half for half in TANGENTS if half * steepest < rise), TANGENTS[-1])


class ManyLayers:
    """The size of the signal and of the pull in every layer, and what a layer multiplies the pull by."""

    def __init__(self, live):
        figure, canvas, move = live.figure, live.canvas, live.animate
        self.curves, self.leaving, self.ends = {}, {}, {}
        for kind, (left, width), limits, color in (
            ("signals", LEFT, SIGNAL_SIZES, SIGNAL),
            ("pulls", RIGHT, PULL_SIZES, PULL_UP),
        ):
            axes = log_panel(figure, left, LOWER[0], width, LOWER[1], (0.5, MOST_LAYERS + 0.5), limits)
            axes.set_xticks([1, 5, 10, 15, 20])
            line(axes, [0.5, MOST_LAYERS + 0.5], [1, 1])
            look = {"color": color, "markersize": 3.5, "linewidth": 1.4, "gid": f"curve-{kind}"}
            self.curves[kind] = move(axes.plot([], [], "o-", **look)[0])
            self.leaving[kind] = move(axes.plot([], [], color=color, markersize=7, clip_on=False)[0])
            top = LOWER[0] + LOWER[1] + 0.14
            words(canvas, left, top, kind, color=color)
            self.ends[kind] = move(stamped_words(canvas, left + width, top, color=INK, ha="right"))
        words(canvas, LEFT[0], 2.3, "a layer back:")
        self.expected = move(stamped_value(canvas, 1.85, 2.3, ha="left"))
        ring(canvas, RIGHT[0] + 0.12, 2.3)
        words(canvas, RIGHT[0] + 0.24, 2.3, "measured")
        self.measured = move(stamped_value(canvas, RIGHT[0] + 1.05, 2.3, ha="left"))
        self.does = move(stamped_words(canvas, RIGHT[0] + RIGHT[1], 2.3, ha="right"))
        words(canvas, LEFT[0], 0.34, "layer; sizes are root mean squares over 100 units, five networks")

    def place(self, numbers):
        """Put curves and numbers where they are now."""
        layer = np.arange(1, numbers["layers"] + 1)
        for kind, mark in self.curves.items():
            mark.set_data(layer, numbers[kind])
            self._mark_where_it_leaves(self.leaving[kind], mark.axes.get_ylim(), layer, numbers[kind])
        last = numbers["layers"]
        self.ends["signals"].set_text(f"layer {last}: {magnitude(numbers['signals'][-1])}")
        self.ends["pulls"].set_text(f"layer 1: {magnitude(numbers['pulls'][0])}")
        if last == 1:
            texts = ("no layer to go back through", "none", "")
        else:
            gates = numbers["expected_factor"] / numbers["scale"]
            expected = f"scale {number(numbers['scale'])} × gates {fixed(gates)} = "
            texts = (
                expected + fixed(numbers["expected_factor"]),
                fixed(numbers["factor"]),
                what_a_layer_does(numbers["factor"]),
            )
        for mark, text in zip((self.expected, self.measured, self.does), texts, strict=True):
            mark.set_text(text)

    @staticmethod
    def _mark_where_it_leaves(mark, limits, layer, sizes):
        """Set an arrow head on the edge over which a curve leaves the axes, at the first layer outside."""
        outside = (sizes < limits[0]) | (sizes > limits[1])
        mark.set_visible(bool(outside.any()))
        if outside.any():
            # A signal leaves on its way forward; a pull on its way back: the one nearest to the inside.
            k = int(np.argmax(outside)) if not outside[0] else int(np.flatnonzero(outside)[-1])
            low = sizes[k] < limits[0]
            mark.set_data([layer[k]], [limits[0] if low else limits[1]])
            mark.set_marker("v" if low else "^")
