"""Every explorer in JupyterLab: opened cold, run, moved by keys, read back, saved and opened again."""

import pickle

import nbconvert
import pytest
from browser_lab import PANEL, copy_of, natural_width
from chapter_checks import ROOT, chapter_paths, codes, joined, read
from keyboard_moves import (
    elements,
    operate,
    picture_arrives,
    state_arrives,
    twin_of,
    type_over,
    wait_until,
)

from mlp_core import explorers

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("quiet_console")]

NAMES = explorers.EXPLORERS
CELLS = {name: place for place, name in enumerate(NAMES, start=1)}
each = pytest.mark.parametrize("name", NAMES)


def with_explorers():
    """The chapters that show an explorer, each with the places of those code cells."""
    for path in chapter_paths():
        shown = [
            place
            for place, cell in enumerate(codes(read(path)))
            if any(name in joined(cell["source"]) for name in NAMES)
            and any("text/html" in output.get("data", {}) for output in cell["outputs"])
        ]
        if shown:
            yield path.name, shown


def shows_pictures(window, path, cells, trusted):
    """Open a notebook, run nothing, and ask for a picture in each of the cells."""
    if trusted:
        window.lab.trust(path)
    notebook = window.look_at(path)
    code = f"Array.from({PANEL}.content.model.cells).filter(cell => cell.type === 'code')"
    assert notebook.page.evaluate(f"() => {code}[{cells[0]}].trusted === true") == trusted
    for cell in cells:
        assert notebook.stored_picture(cell) > 1000
        assert notebook.output(cell).locator("img").count() == 1
    assert notebook.page.locator(".mlp-explorer").count() == 0
    assert "model not found" not in notebook.page.content().lower()


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
def test_opened_cold_it_shows_its_picture(window, book, trusted):
    path = copy_of(book, f"91_cold_{trusted}.ipynb")
    shows_pictures(window, path, list(CELLS.values()), trusted)


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
@pytest.mark.parametrize(("chapter", "cells"), list(with_explorers()))
def test_so_does_its_chapter(window, lab, chapter, cells, trusted):
    # A tab that is open stays as it was opened, so that each way has a file of its own.
    path = copy_of(lab.folder / "chapters" / chapter, f"{chapter[:2]}_cold_{trusted}.ipynb")
    shows_pictures(window, path, cells, trusted)


@each
def test_run_all_puts_the_live_one_in_the_picture_s_place(live, name):
    live.ask(f"{name.lower()}.reset()")
    shown, cell = live.explorer(CELLS[name]), CELLS[name]
    assert live.output(cell).locator("img").count() == shown.box.locator("img").count() == 1
    assert live.output(cell).locator(".jp-OutputArea-child").count() == 1
    assert picture_arrives(shown, twin_of(name))


@each
def test_every_control_is_moved_by_keys_and_the_picture_follows(live, name):
    shown, twin = live.explorer(CELLS[name]), twin_of(name)
    live.ask(f"{name.lower()}.reset()")
    at, moved = shown.enter(), 0
    while at is not None:
        order = elements(twin.box)
        assert at["among"] == len(order), (at, order)
        control, part = order[max(at["place"], 0)]
        assert at["label"], at
        assert at["name"], at
        assert at["tooltip"], at
        if at["place"] < 0:  # a link, which moves nothing
            at = shown.next()
            continue
        if operate(shown.page.keyboard, twin, control, part):
            moved += 1
            assert state_arrives(live, name.lower(), twin), (
                at,
                live.ask(f"{name.lower()}.state"),
                twin.state,
            )
            assert picture_arrives(shown, twin), at
        at = shown.next()
    assert moved >= 4
    assert live.ask(f"{name.lower()}.said") == twin.said


@each
def test_a_bad_word_is_refused_beside_the_controls(live, name):
    shown, twin = live.explorer(CELLS[name]), twin_of(name)
    live.ask(f"{name.lower()}.reset()")
    fields = shown.box.locator("input[type=text]:visible")
    for field in [fields.nth(k) for k in range(fields.count())]:
        before = field.input_value()
        field.focus()
        type_over(shown.page.keyboard, "much")
        assert wait_until(lambda field=field, before=before: field.input_value() == before)
        assert "expected" in shown.box.locator(".mlp-refusal").inner_text()
        assert state_arrives(live, name.lower(), twin)


PARTS = """box => {
    const handles = [...box.querySelectorAll('.noUi-handle')], live = name => box.querySelector(
        `.mlp-${name} .widget-html-content`).ariaLive;
    return {
        alt: box.querySelector('img').alt, said: live('said'), refusal: live('refusal'),
        handles: handles.map(handle => ({
            name: handle.ariaLabel, text: handle.getAttribute('aria-valuetext'),
            size: Math.min(...Object.values(handle.getBoundingClientRect().toJSON()).slice(2, 4)),
        })),
    };
}"""


def spoken(twin):
    """Return the name and the number of each slider that is shown, in their order."""
    tracks = [(control, part) for control, part in elements(twin.box) if part == "handle"]
    by_label = twin.page.spoken
    return [(control.description, by_label[control.description][1]) for control, _ in tracks]


@each
def test_a_screen_reader_is_told_names_numbers_and_the_picture(live, name):
    """From the start, without a focus; and again when something has moved."""
    shown, twin = live.explorer(CELLS[name]), twin_of(name)
    live.ask(f"{name.lower()}.reset()")

    def told():
        parts = shown.box.evaluate(PARTS)
        reachable = {label for label, _ in spoken(twin)}
        handles = [(h["name"], h["text"]) for h in parts["handles"] if h["name"] in reachable]
        return parts["alt"] == twin.sentence(twin.values()) and handles == spoken(twin)

    assert wait_until(told), (shown.box.evaluate(PARTS), spoken(twin))
    parts = shown.box.evaluate(PARTS)
    assert (parts["said"], parts["refusal"]) == ("polite", "assertive")
    assert all(handle["name"] and handle["size"] > 23.9 for handle in parts["handles"])  # rounded
    for widget in twin.controls.values():
        if hasattr(widget, "track"):
            widget.track.value -= 2
            break
    changes = {f: getattr(twin.state, f) for f in twin.state.__dataclass_fields__}
    live.ask(f"{name.lower()}.set(**__import__('pickle').loads({pickle.dumps(changes)!r}))")
    assert wait_until(told), (shown.box.evaluate(PARTS), spoken(twin))
    live.ask(f"{name.lower()}.reset()")


LAID_OUT = """box => {
    const at = element => element.getBoundingClientRect();
    const rows = [...box.querySelectorAll('.mlp-columns > *')].map(at);
    return {
        picture: at(box.querySelector('img')).bottom, tops: rows.map(row => row.top),
        columns: new Set(rows.map(row => Math.round(row.left / 20))).size,
        tracks: [...box.querySelectorAll('.noUi-target')].map(track => at(track).width),
    };
}"""


@each
def test_the_picture_comes_first_and_the_controls_in_two_columns_with_long_tracks(live, name):
    found = live.explorer(CELLS[name]).box.evaluate(LAID_OUT)
    assert min(found["tops"]) >= found["picture"]
    assert found["columns"] == 2
    assert all(width >= 180 for width in found["tracks"])


@each
def test_a_refusal_moves_nothing(live, name):
    shown = live.explorer(CELLS[name])
    live.ask(f"{name.lower()}.reset()")
    high = shown.box.bounding_box()["height"]
    live.ask(f"{name.lower()}._refuse('depth: got 99; expected a whole number from 0 to 3')")
    refusal = shown.box.locator(".mlp-refusal")
    assert wait_until(lambda: "depth" in refusal.inner_text())
    assert shown.box.bounding_box()["height"] == high
    live.ask(f"{name.lower()}.reset()")


def test_neither_does_another_number_of_classes(live):
    shown = live.explorer(CELLS["SoftmaxExplorer"])
    live.ask("softmaxexplorer.reset()")
    high = shown.box.bounding_box()["height"]
    handles = shown.box.locator(".noUi-handle[tabindex='0']")
    reach = {}
    for classes in (6, 3):
        live.ask(f"softmaxexplorer.set(classes={classes})")
        twin = twin_of("SoftmaxExplorer")
        twin.set(classes=classes)
        assert picture_arrives(shown, twin)
        assert shown.box.bounding_box()["height"] == pytest.approx(high, abs=20)  # a line of the sentence
        reach[classes] = len([part for _, part in elements(twin.box) if part == "handle"])
        assert wait_until(lambda wanted=reach[classes]: handles.count() == wanted)
    assert reach[6] == reach[3] + 3


def test_after_a_restart_one_sentence_asks_for_a_run(window, book):
    notebook = window.open(copy_of(book, "93_restarted.ipynb"))
    notebook.run_all()
    shown = notebook.explorer(CELLS["NudgeExplorer"])
    marks = """box => [box, ...box.querySelectorAll('.jupyter-widgets-disconnected')].map(
        part => getComputedStyle(part, '::before').content)"""
    assert "run this cell again" not in "".join(shown.box.evaluate(marks))
    notebook.restart_kernel()
    assert wait_until(lambda: "run this cell again" in shown.box.evaluate(marks)[0])
    assert set(shown.box.evaluate(marks)[1:]) <= {"none"}  # no broken chain on any part
    notebook.run_all()
    again = notebook.explorer(CELLS["NudgeExplorer"])
    assert picture_arrives(again, twin_of("NudgeExplorer"))
    assert "run this cell again" not in "".join(again.box.evaluate(marks))


def sliders(name):
    """The places among the elements of an explorer's sliders."""
    return [place for place, (_, part) in enumerate(elements(twin_of(name).box)) if part == "handle"]


@pytest.mark.parametrize("name", [name for name in NAMES if sliders(name)])
def test_twenty_quick_presses_end_in_the_last_state(live, name):
    shown, twin = live.explorer(CELLS[name]), twin_of(name)
    live.ask(f"{name.lower()}.reset()")
    place = sliders(name)[0]
    control, _ = elements(twin.box)[place]
    forward = control.value + 20 <= control.max
    at = shown.enter()
    while at["place"] < place:
        at = shown.next()
    for _ in range(20):
        shown.page.keyboard.press("ArrowRight" if forward else "ArrowLeft")
    control.value = control.value + 20 if forward else max(control.value - 20, control.min)
    assert state_arrives(live, name.lower(), twin)
    assert picture_arrives(shown, twin)
    live.ask(f"{name.lower()}.reset()")


@each
def test_a_sharp_screen_gets_a_sharp_picture(live, name):
    shown = live.explorer(CELLS[name])
    image = shown.box.locator("img").first
    width = image.bounding_box()["width"]
    with live.window.screen(ratio=2):
        assert wait_until(lambda: shown.png().shape[1] == round(2 * width), seconds=20)  # all are drawn anew
        assert image.bounding_box()["width"] == width
    assert wait_until(lambda: shown.png().shape[1] == round(width), seconds=20)


@each
def test_a_narrow_window_wraps_it_and_cuts_nothing(live, name):
    shown = live.explorer(CELLS[name])
    with live.window.screen(width=600):
        room = live.output(CELLS[name]).bounding_box()
        assert wait_until(lambda: shown.box.bounding_box()["width"] <= room["width"] + 1)
        for part in (shown.box.locator("img").first, shown.box.locator(".mlp-question")):
            box = part.bounding_box()
            assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
        sideways = live.output(CELLS[name]).evaluate("area => area.scrollWidth - area.clientWidth")
        assert sideways <= 1


def test_what_a_reader_ran_and_saved_opens_with_the_kernel_alive_and_with_a_new_one(window, book):
    path, twin = copy_of(book, "92_saved.ipynb"), twin_of("NudgeExplorer")
    notebook = window.open(path)
    notebook.run_all()
    notebook.ask("nudgeexplorer.set(at=-1.0)")
    twin.set(at=-1.0)
    notebook.save()
    assert set(read(path)["metadata"]) == {"kernelspec", "language_info", "widgets"}

    notebook = window.open(path)  # the kernel goes on: each is live, and where it was left
    for cell in CELLS.values():
        notebook.explorer(cell)
    assert picture_arrives(notebook.explorer(CELLS["NudgeExplorer"]), twin)
    assert "model not found" not in notebook.page.content().lower()

    notebook.end_kernel()
    notebook = window.open(path)  # another kernel: pictures of their first states, one each
    for cell in CELLS.values():
        image = notebook.output(cell).locator("img")
        image.scroll_into_view_if_needed()
        assert natural_width(image) > 1000
        assert image.count() == 1
    assert "model not found" not in notebook.page.content().lower()


def test_an_unrun_chapter_is_saved_as_it_was(window, lab):
    path = lab.folder / "chapters" / chapter_paths()[0].name
    notebook = window.open(path)
    before = path.stat().st_mtime_ns
    notebook.save()
    assert wait_until(lambda: path.stat().st_mtime_ns > before)
    assert path.read_bytes() == (ROOT / "chapters" / path.name).read_bytes()


def test_the_page_made_of_it_shows_the_pictures_without_a_network(browser, book):
    page, _ = nbconvert.HTMLExporter().from_filename(str(book))
    path = book.with_suffix(".html")
    path.write_text(page, encoding="utf-8")
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.goto(path.as_uri())
    images = opened.locator(".jp-OutputArea img")
    assert images.count() == len(NAMES)
    for place in range(len(NAMES)):
        assert natural_width(images.nth(place)) > 1000
    assert "model not found" not in opened.content().lower()
    context.close()
