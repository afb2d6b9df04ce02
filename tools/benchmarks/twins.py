"""Two explorers as they are made without this book's ground: `interact`, pyplot, `plt.show()`.

Same numbers, same size, the same things to see and to move; everything is drawn anew for each of them.
"""

from dataclasses import replace

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np

from mlp_core.explorers.ground.live_figure import SHOWN
from mlp_core.explorers.probabilities import explorer as softmax_explorer
from mlp_core.explorers.stepper import numbers as stepper_numbers
from mlp_core.pictures.ground.style import CELLS, INK, LINES, SIGNAL, SLATE, pull_color, symmetric

WIDE = 7.0
DPI = SHOWN / WIDE


def slider(label, value, least, most, step):
    return ipywidgets.FloatSlider(value=value, min=least, max=most, step=step, description=label)


def softmax_twin():
    """Show the softmax explorer's numbers for three logits, a temperature and a shift."""
    start = softmax_explorer.SoftmaxState()

    def show(**moved):
        z_hat = (*(moved[f"logit_{k}"] for k in (1, 2, 3)), *start.z_hat[3:])
        state = replace(start, z_hat=z_hat, temperature=moved["temperature"], shift=moved["shift"])
        numbers = softmax_explorer.numbers_of(state)
        figure, (bars, cells) = plt.subplots(1, 2, figsize=(WIDE, 5.1), dpi=DPI)
        bars.barh([1, 2, 3], numbers["p"], color=SIGNAL)
        for k, (logit, p, naive) in enumerate(
            zip(numbers["z_hat"], numbers["p"], numbers["naive"], strict=True)
        ):
            bars.text(p, k + 1, f" {p:.2f}   naive {naive:.2f}", va="center")
            bars.text(-0.3, k + 1, f"{logit:.2f}", color=SIGNAL)
        bars.set(xlim=(0, 1.6), yticks=[1, 2, 3], title="What one class gains, the others lose")
        bars.invert_yaxis()
        matrix(cells, numbers["jacobian"], 0.25 / numbers["temperature"])
        for j, total in enumerate(numbers["jacobian"].sum(axis=0)):
            cells.text(j, 2.8, f"{total:.2f}", ha="center", color=SLATE)
        i, j, entry = numbers["i"], numbers["j"], numbers["entry"]
        p_i, p_j = (numbers["p"][k - 1] for k in (i, j))
        slope = rf"$\dfrac{{\partial z_{i}}}{{\partial \hat z_{j}}} = z_{i}(\delta_{{{i}{j}}} - z_{j})$"
        line = f"{slope} = {p_i:.4f} ({int(i == j)} − {p_j:.4f}) = {entry:+.4f}"
        figure.text(0.05, 0.12, line)
        figure.text(0.05, 0.04, f"measured {numbers['measured']:+.4f}")
        plt.show()

    logits = {f"logit_{k + 1}": slider(f"logit {k + 1}", start.z_hat[k], -5, 5, 0.05) for k in range(3)}
    further = {
        "temperature": slider("temperature", 1.0, 0.25, 5, 0.05),
        "shift": slider("shift", 0.0, -10, 10, 0.1),
    }
    ipywidgets.interact(show, **logits, **further)


def stepper_twin():
    """Show the stepper's last step: the 2-3-2 network, every pull, both tables, and one equation."""
    start = stepper_numbers.StepperState()
    start = replace(start, **stepper_numbers.at_step(start, len(stepper_numbers.QUANTITIES)))

    def show(value):
        state = replace(start, **stepper_numbers.with_value(start, value))
        numbers = stepper_numbers.numbers_of(state)
        figure = plt.figure(figsize=(WIDE, 7.0), dpi=DPI)
        network(figure.add_axes((0.02, 0.42, 0.96, 0.53)), numbers)
        limit = max(np.abs(numbers[name]).max() for name in ("pull_V", "pull_W"))
        matrix(figure.add_axes((0.1, 0.05, 0.3, 0.2)), numbers["pull_V"], limit)
        matrix(figure.add_axes((0.5, 0.05, 0.3, 0.2)), numbers["pull_W"], limit)
        line = r"$-\partial E/\partial v_{11} = (-\partial E/\partial\hat y_1)\,x_1$"
        figure.text(0.05, 0.36, f"{line} = {numbers['value']:+.4f}")
        figure.text(0.05, 0.31, f"measured {numbers['measured']:+.4f}")
        for k, name in enumerate("VW"):
            figure.text(0.82, 0.2 - 0.05 * k, f"{name}: {'right' if numbers[f'ok_{name}'] else 'wrong'}")
        plt.show()

    ipywidgets.interact(show, value=slider("w_11", start.value, -4, 4, 0.05))


def matrix(axes, values, limit):
    """Draw a heat map with its numbers."""
    axes.imshow(values, cmap=CELLS, norm=symmetric(limit))
    axes.set(xticks=range(values.shape[1]), yticks=range(values.shape[0]))
    for (i, j), entry in np.ndenumerate(values):
        axes.text(j, i, f"{entry:+.2f}", ha="center", va="center")


def network(axes, numbers):
    """Draw units with their numbers and pulls, and edges: width the weight, color its pull."""
    axes.set(xlim=(0, 4), ylim=(-0.6, 3), xticks=[], yticks=[], title="Backwards: down the columns")
    layers = [[("x", 2)], [("y_hat", 3), ("y", 3)], [("z_hat", 2), ("z", 2)]]
    places = [[(0.4 + 1.4 * k, 0.0 if i < 0 else 2.5 - i) for i in range(-1, n)] for k, ((_, n), *_) in
              enumerate(layers)]  # fmt: skip
    limit = max(np.abs(numbers[name]).max() for name in ("pull_V", "pull_W"))
    for k, name in enumerate("VW"):
        widths = numbers[name] / np.abs(numbers[name]).max()
        colors = LINES(symmetric(limit)(numbers[f"pull_{name}"]))
        for (i, j), width in np.ndenumerate(widths):
            tail, head = places[k][j], places[k + 1][i + 1]
            style = "--" if width < 0 else "-"
            axes.plot(*np.transpose([tail, head]), style, color=colors[i, j], lw=0.7 + 2.5 * abs(width))
    for column, kinds in zip(places, layers, strict=True):
        for i, (x, y) in enumerate(column[1:]):
            axes.plot([x], [y], "o", markersize=30, color="white", markeredgecolor=SIGNAL)
            text = "\n".join(f"{numbers[name][i]:.2f}" for name, _ in kinds)
            axes.text(x, y, text, ha="center", va="center", color=INK)
            for k, (name, _) in enumerate(kinds):
                if f"pull_{name}" in numbers:
                    pull = numbers[f"pull_{name}"][i]
                    axes.text(x + 0.3 * k - 0.2, y - 0.4, f"{pull:+.2f}", color=pull_color(pull))
    for i, r in enumerate(numbers["r"]):
        axes.text(3.8, 2.5 - i, f"{r:.2f}")
    axes.text(3.5, 0.5, f"E {numbers['E']:.4f}")
