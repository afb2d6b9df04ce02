"""How quickly the explorers answer: a key press to the new picture, in JupyterLab and a real Chromium.

python tools/benchmarks/explorers.py              that of docs/benchmarks.md: 200 presses of an arrow key each
python tools/benchmarks/explorers.py --presses 40
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
# Before what lies there is imported.
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

import browser_lab  # noqa: E402

from mlp_core import explorers  # noqa: E402
from tools.setup_browser import chromium  # noqa: E402

TWINS = {"SoftmaxExplorer": "softmax_twin", "BackpropStepper": "stepper_twin"}
# How the explorer is prepared.
BEFORE = {"BackpropStepper": ".controls['last'].click()"}
TURNS = 4  # an explorer and its twin are pressed in turns: both meet the same machine

WATCH = """root => {
    if (root.watched) return;
    root.watched = true;
    window.pressed = []; window.shown = [];
    root.addEventListener('keydown', event => window.pressed.push(performance.now()), true);
    root.addEventListener('load', event => {
        if (event.target.tagName === 'IMG') requestAnimationFrame(() => window.shown.push(performance.now()));
    }, true);
}"""

IN_THE_KERNEL = '''
import time
def move(control, k):
    """Move a slider's track to and fro, or press a button."""
    if hasattr(control, "track"):
        control.track.value += 1 if k % 2 == 0 else -1
    else:
        control.click()
def kernel_times(explorer, name, ratio, times):
    """Return the milliseconds from a control's new value to the picture that is sent."""
    explorer.live.set_ratio(ratio)
    taken = []
    for k in range(times + 5):
        begun = time.perf_counter()
        move(explorer.controls[name], k)
        taken.append(1000 * (time.perf_counter() - begun))
    explorer.live.set_ratio(1)
    return taken[5:]
'''


def main_control(name):
    """Return the name of the control that is moved, in the kernel and by keys."""
    return getattr(explorers, name).main_control


def milliseconds(times):
    """Return the median, and in brackets what 9 of 10 do not exceed."""
    return f"{np.median(times):.0f} ({np.quantile(times, 0.9):.0f})"


def press(page, key, presses):
    """Press a key so many times, each after the last one's picture; return milliseconds to the picture."""
    taken = []
    for _ in range(presses):
        page.evaluate("() => { window.pressed = []; window.shown = []; }")
        page.keyboard.press(key)
        page.wait_for_function("() => window.shown.length > 0", polling="raf", timeout=20_000)
        page.wait_for_timeout(40)  # what a message leaves to be done
        pressed, shown = page.evaluate("() => [window.pressed[0], window.shown[0]]")
        taken.append(shown - pressed)
    return taken


def to_and_fro(page, area, handle, presses):
    """Press arrows on a slider in one cell's output."""
    area.evaluate(WATCH)
    handle.scroll_into_view_if_needed()
    handle.focus()
    times = []
    for k in range(2):
        times += press(page, ("ArrowRight", "ArrowLeft")[k], presses // 2)
    return times


def against_twins(notebook, cells, presses):
    """Return the milliseconds of each explorer that has a twin, and of the twin."""
    times = {}
    for name, twin in TWINS.items():
        shown = notebook.explorer(cells[name])
        if name in BEFORE:
            notebook.ask(name.lower() + BEFORE[name])
        label = notebook.ask(f"{name.lower()}.controls[{main_control(name)!r}].track.description")
        ours = shown.box.locator(".widget-slider").filter(has_text=label).first.locator(".noUi-handle")
        theirs = notebook.output(cells[twin]).locator(".noUi-handle").first
        times |= {name: [], twin: []}
        for _ in range(TURNS):
            times[name] += to_and_fro(notebook.page, shown.box, ours, presses // TURNS)
            area = notebook.output(cells[twin])
            times[twin] += to_and_fro(notebook.page, area, theirs, presses // TURNS)
    return times


def playground(notebook, cells):
    """Return frames a second that are shown on 2-16-3, and the milliseconds from Pause to standing still."""
    shown = notebook.explorer(cells["Playground"])
    notebook.ask("playground.set(data='three clusters', depth=1, width=16)")
    shown.box.evaluate(WATCH)
    page, seconds, pauses = notebook.page, 5, []
    run, pause = (shown.box.get_by_role("button", name=name, exact=True) for name in ("Run", "Pause"))
    run.press("Enter")
    page.wait_for_timeout(500)
    begun = page.evaluate("() => { window.shown = []; return performance.now(); }")
    page.wait_for_timeout(1000 * seconds)
    frames, ended = page.evaluate("() => [window.shown.length, performance.now()]")
    for _ in range(20):
        shown.box.evaluate("() => { window.pressed = []; }")
        pause.focus()
        page.keyboard.press("Enter")
        shown.box.evaluate("box => { window.paused = null; const look = () => {"
                           " if (box.innerText.includes('Paused.')) window.paused = performance.now();"
                           " else requestAnimationFrame(look); }; look(); }")  # fmt: skip
        page.wait_for_function("() => window.paused !== null", polling="raf")
        pauses.append(page.evaluate("() => window.paused - window.pressed[0]"))
        run.press("Enter")
        page.wait_for_timeout(400)
    notebook.ask("playground.reset()")
    return 1000 * frames / (ended - begun), pauses


def report(times, kernel, frames, pauses, browser):
    """Print the tables."""
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {browser}\n")
    print("| key press to new picture, ms | explorer | `interact` + `plt.show()` | ratio |")
    print("| --- | --- | --- | --- |")
    for name, twin in TWINS.items():
        ratio = np.median(times[name]) / np.median(times[twin])
        print(f"| {name} | {milliseconds(times[name])} | {milliseconds(times[twin])} | {ratio:.2f} |")
    print("\n| in the kernel, ms | at ratio 1 | at ratio 2 |")
    print("| --- | --- | --- |")
    for name, (one, two) in kernel.items():
        print(f"| {name} | {milliseconds(one)} | {milliseconds(two)} |")
    print(f"\nPlayground, 2-16-3, 10 steps a frame, 60 x 60 grid: {frames:.0f} frames a second;")
    print(f"from the key press on Pause to standing still {milliseconds(pauses)} ms.\n")
    print("Medians, in brackets the 90th percentile.")


def main(presses):
    names = explorers.EXPLORERS
    sources = ["from mlp_core.explorers import *\nfrom twins import *", IN_THE_KERNEL]
    sources += [f"{name.lower()} = {name}()\n{name.lower()}" for name in names]
    sources += [f"{twin}()" for twin in TWINS.values()]
    cells = {name: place for place, name in enumerate([*names, *TWINS.values()], start=2)}
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "benchmarks")])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        lab = browser_lab.Lab(Path(folder) / "book")
        try:
            path = lab.write("90_speed.ipynb", *sources)
            lab.wait()
            browser = driver.chromium.launch(executable_path=chromium(), args=browser_lab.FLAGS)
            notebook = browser_lab.Page(browser, lab).open(path)
            notebook.run_all()
            times = against_twins(notebook, cells, presses)
            kernel = {
                name: [
                    notebook.ask(f"kernel_times({name.lower()}, {main_control(name)!r}, {ratio}, {presses})")
                    for ratio in (1, 2)
                ]
                for name in names
            }
            frames, pauses = playground(notebook, cells)
            report(times, kernel, frames, pauses, f"Chromium {browser.version}")
        finally:
            lab.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--presses", type=int, default=200, help="of the key, for each of the four")
    main(parser.parse_args().presses)
