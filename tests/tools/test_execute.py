"""`make execute` stores what one clean run shows, the same bytes every time, or nothing."""

import base64
import io
import json
import os
import shutil

import pytest
from chapter_checks import METADATA, chapter_paths
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes
from PIL import Image, PngImagePlugin

from tools import execute, whole_files


def png(color, comment=None):
    """A picture of one color as a stored output holds it; the comment changes its bytes, not its pixels."""
    file, about = io.BytesIO(), PngImagePlugin.PngInfo()
    if comment:
        about.add_text("Software", comment)
    Image.new("RGBA", (3, 2), color).save(file, "PNG", pnginfo=about)
    return base64.b64encode(file.getvalue()).decode()


def shown(**data):
    if "png" in data:
        data["html"] = f'<img alt="a picture" src="data:image/png;base64,{data.pop("png")}">'
    kinds = {"html": "text/html", "text": "text/plain", "record": "text/markdown", "view": execute.WIDGET}
    return new_output("display_data", {kinds[name]: value for name, value in data.items()})


# What is stored of one cell


def test_a_stream_cut_in_pieces_is_stored_in_one():
    pieces = [new_output("stream", name="stdout", text=text) for text in ("one ", "two ", "three\n")]
    (stored,) = execute.storable(pieces, {})
    assert stored.text == "one two three\n"


def test_streams_on_both_sides_of_a_picture_stay_apart():
    before, after = (new_output("stream", name="stdout", text=text) for text in ("before\n", "after\n"))
    kinds = [output.output_type for output in execute.storable([before, shown(text="a picture"), after], {})]
    assert kinds == ["stream", "display_data", "stream"]


def test_a_picture_with_the_same_pixels_keeps_its_old_bytes():
    old, new = png("red", "drawn by 3.9"), png("red", "drawn by 3.10")
    assert old != new
    (stored,) = execute.storable([shown(png=new)], {execute.pixels(old): old})
    assert execute.PNG.search(stored.data["text/html"])[0] == old


@pytest.mark.parametrize("color", ["blue", (255, 0, 0, 254)], ids=["another color", "another transparency"])
def test_a_picture_with_other_pixels_is_replaced(color):
    old, new = png("red"), png(color)
    (stored,) = execute.storable([shown(png=new)], {execute.pixels(old): old})
    assert execute.PNG.search(stored.data["text/html"])[0] == new


def test_a_widget_is_stored_as_its_picture():
    (stored,) = execute.storable([shown(view={"model_id": "1"}, png=png("red"), text="a slider")], {})
    assert set(stored.data) == {"text/html", "text/plain"}


def test_a_widget_without_a_picture_is_stored_as_its_markdown():
    (stored,) = execute.storable([shown(view={"model_id": "1"}, record="**Guess.**", text="a guess")], {})
    assert stored.data == {"text/markdown": "**Guess.**", "text/plain": "a guess"}


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (new_output("stream", name="stderr", text="UserWarning: careful"), "writes to stderr: UserWarning"),
        (shown(view={"model_id": "1"}, text="a slider"), "a widget without a text/html or text/markdown"),
        (shown(text="<object at 0x7f87d206f3b0>"), "a memory address: <object"),
        (new_output("stream", name="stdout", text="<f at 0x7f87d206f3b0>"), "a memory address: <f"),
    ],
    ids=["a warning", "a widget", "an address shown", "an address printed"],
)
def test_what_may_not_be_stored_is_refused(output, why):
    with pytest.raises(execute.NotStoredError, match=why):
        execute.storable([output], {})


def test_ids_are_in_order_and_what_front_ends_add_is_dropped():
    cells = [new_markdown_cell("text"), new_code_cell("1"), new_code_cell("2")]
    cells[1].metadata.update(
        execution={"iopub.status.busy": "2026-01-01T00:00:00"}, scrolled=True, tags=["a"]
    )
    notebook = new_notebook(
        cells=cells, metadata={"language_info": {"name": "python", "version": "3.11.7"}, "widgets": {}}
    )
    execute.prepare(notebook)
    assert [cell.id for cell in notebook.cells] == ["cell-01", "cell-02", "cell-03"]
    assert [cell.metadata for cell in notebook.cells] == [{}, {"tags": ["a"]}, {}]
    assert notebook.metadata == METADATA


def test_a_cell_that_asks_for_a_guess_hides_its_source_which_holds_the_answers():
    asking, other = new_code_cell('x = 1\nguess("Is it 1?",\n      {})'), new_code_cell("my_guess(1)")
    asking.metadata.update(jupyter={"source_hidden": False}, tags=["a"])
    other.metadata.update(jupyter={"source_hidden": True})
    cells = [asking, other, new_markdown_cell("guess(1)")]
    execute.prepare(new_notebook(cells=cells))
    kept = [{"tags": ["a"], "jupyter": {"source_hidden": True}}, {}, {}]
    assert [cell.metadata for cell in cells] == kept


# A chapter as a whole


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A folder that `make execute` takes for the book's chapters, with a function that writes one."""
    monkeypatch.setattr(execute, "CHAPTERS", tmp_path)

    def write(name, *sources):
        path = tmp_path / name
        path.write_text(writes(new_notebook(cells=[new_code_cell(source) for source in sources])) + "\n")
        return path

    return write


def stop(capsys, *prefixes):
    """What `make execute` says when it stops."""
    with pytest.raises(SystemExit) as stopped:
        execute.main(list(prefixes))
    return str(stopped.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import warnings; warnings.warn('careful')", "UserWarning: careful"),
    ],
    ids=["an error", "a warning"],
)
def test_it_stops_with_chapter_cell_and_text_and_leaves_the_file(book, capsys, source, said):
    path = book("00_one.ipynb", "x = 1", source)
    before = path.read_bytes()
    message = stop(capsys)
    assert message.startswith("00_one.ipynb is not stored. cell-02")
    assert said in message
    assert source in message
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_chapter_that_is_not_there_ends_in_one_line(book, capsys):
    book("00_one.ipynb", "1")
    book("00_one.yours-1.ipynb", "1")
    assert stop(capsys, "07") == "No chapter 07; there are 00_one."


def test_one_chapter_is_chosen_by_its_number_and_a_readers_copy_is_none(book, monkeypatch):
    for name in ("00_one.ipynb", "01_two.ipynb", "01_two.yours-1.ipynb"):
        book(name, "1")
    run = []
    monkeypatch.setattr(execute, "run", lambda path: run.append(path.name))
    execute.main(["01"])
    execute.main([])
    assert run == ["01_two.ipynb", "00_one.ipynb", "01_two.ipynb"]


@pytest.fixture
def running(monkeypatch):
    """`make execute` with a chapter's run replaced by what the test does meanwhile."""

    def start(meanwhile):
        def execute_it(text, folder):
            meanwhile()
            return text + "ran\n"

        monkeypatch.setattr(execute, "execute", execute_it)

    return start


def test_what_a_reader_saves_while_a_chapter_runs_is_not_overwritten(book, running, capsys):
    path = book("00_one.ipynb", "1")
    running(lambda: path.write_text("the reader's"))
    assert stop(capsys).startswith("00_one.ipynb is not stored. Somebody saved it while it ran")
    assert path.read_text() == "the reader's"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_storing_touches_no_other_file_and_leaves_none(book, running, tmp_path):
    path = book("00_one.ipynb", "1")
    kept, elsewhere = tmp_path / "00_one.ipynb.unfinished", tmp_path / "elsewhere"
    kept.write_text("the reader's")
    before = path.read_text()
    elsewhere.write_text(before)
    path.unlink()
    path.symlink_to(elsewhere)
    running(lambda: None)
    execute.main([])
    assert path.read_text() == before + "ran\n"
    assert (kept.read_text(), elsewhere.read_text()) == ("the reader's", before)
    assert sorted(tmp_path.iterdir()) == [path, kept, elsewhere]


def test_a_file_that_cannot_be_written_whole_stays(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("before")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(whole_files.os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        whole_files.write_whole(path, b"after")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def as_jupyterlab_saves_it(text):
    """A chapter that a reader ran and saved: timings, ids of Lab's own, the version of Python."""
    notebook = json.loads(text)
    notebook["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    notebook["metadata"]["language_info"].update(
        codemirror_mode={"name": "ipython", "version": 3},
        file_extension=".py",
        mimetype="text/x-python",
        nbconvert_exporter="python",
        pygments_lexer="ipython3",
        version="3.11.7",
    )
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{number:08x}-b5d0-4f6e"
        cell["metadata"]["trusted"] = True
        if cell["cell_type"] == "code":
            cell["execution_count"] += 20
            cell["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00.000000Z"}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize("path", chapter_paths(), ids=lambda path: path.stem)
def test_a_second_run_changes_no_byte(path, tmp_path, monkeypatch, print_table):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # as make sets it
    copy = shutil.copytree(path.parent, tmp_path / "chapters") / path.name  # 90 and 91 read the others
    # Where Matplotlib draws other pixels than on the author's machine, this run stores new pictures.
    seconds = [execute.run(copy)]
    stored = copy.read_text(encoding="utf-8")
    for start in (stored, as_jupyterlab_saves_it(stored)):
        copy.write_text(start, encoding="utf-8")
        seconds.append(execute.run(copy))
        assert copy.read_text(encoding="utf-8") == stored
    print_table(f"{path.stem}: seconds of three runs", [", ".join(f"{second:.1f}" for second in seconds)])
    assert min(seconds) <= execute.SECONDS_ALLOWED
