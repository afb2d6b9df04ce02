"""The book on paper: everything of the chapters stands in it, nothing is cut, and faults are named."""

import json
import re

import pytest
from chapter_checks import ROOT

from mlp_core.exercises.registry import exercises
from tools.chapter_text import TAG, chapter_paths
from tools.edition.parts import Picture, Text, parts
from tools.edition.print import volume

printer = pytest.importorskip("tools.edition.print.__main__", reason="`make pdf` installs pandoc and Typst")
fitting = pytest.importorskip("tools.edition.print.fitting")
typst = pytest.importorskip("typst")

pytestmark = pytest.mark.slow

LINE = 100  # characters of a line of code; the rest of a longer one stands below it
LEFT_OVER = re.compile(r"\$|\\[A-Za-z]+|\*\*|\]\(|:::|</?\w+[^>]*>|^\||^#+ |`|&\w+;")


@pytest.fixture(scope="module")
def chapters():
    """{number: its parts}."""
    return {path.name[:2]: parts(path) for path in chapter_paths()}


def texts(found, printed):
    """The text of a chapter, or what its code has printed as Markdown."""
    return "\n".join(part.markdown for part in found if isinstance(part, Text) and part.printed == printed)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The volume for Typst, its pictures fitted, and what it tells of itself."""
    path = printer.source(tmp_path_factory.mktemp("print") / "book")
    fitting.fit(path)
    return path


@pytest.fixture(scope="module")
def told(book):
    kinds = ("equation", "code", "picture", "answer", "solution", "hints", "heading", "column", "term")
    return {kind: fitting.told(book, kind) for kind in kinds}


def small(folder, text):
    """A volume of a few lines: a chapter 00, and a text in Markdown."""
    return printer.source(folder / "small", f"# 00 · A chapter\n\n{text}")


def words(nodes):
    """Every word of a tree that is printed as such: no code, no formula, no text for Typst."""
    if isinstance(nodes, list):
        for node in nodes:
            yield from words(node)
    elif isinstance(nodes, dict) and nodes.get("t") == "Str":
        yield nodes["c"]
    elif isinstance(nodes, dict) and nodes["t"] not in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
        yield from words(nodes.get("c", []))


# What the book on paper has.


def test_it_compiles_without_a_warning(book):
    pdf, warnings = printer.compiled(book)
    assert warnings == []
    assert pdf.startswith(b"%PDF-")
    told = re.search(r"about (\d+) pages of A4 in (\d+) MB", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert abs(int(told[1]) - len(re.findall(rb"/Type\s*/Page\b", pdf))) < 10  # another Typst, other breaks
    assert abs(int(told[2]) - len(pdf) / 1e6) < 1


def test_every_numbered_equation_stands_once_and_in_order(chapters, told):
    tags = [tag for found in chapters.values() for tag in TAG.findall(texts(found, printed=False))]
    assert [equation["number"] for equation in told["equation"]] == tags
    assert len(set(tags)) == len(tags) > 80


def test_every_solution_stands_in_it(told):
    stands = [solution["number"] for solution in told["solution"]]
    assert stands == sorted(exercises(), key=float)
    assert len(stands) > 50


def test_hints_stand_before_the_solutions(book, told):
    assert [hints["number"] for hints in told["hints"]] == list(exercises())
    text = book.read_text(encoding="utf-8")
    assert text.index('#hints("5.8")') < text.index('#solution("5.1")')


def test_a_solution_that_computes_numbers_prints_them(book):
    solutions = book.read_text(encoding="utf-8").split("#solution(")[1:]
    printing = {text[1:4] for text in solutions if "#printed[" in text.partition("#place-of")[0]}
    assert {"0.1", "0.2", "0.4", "0.5", "2.2", "2.4", "2.6", "4.5", "5.1", "5.4", "7.1", "7.2"} <= printing
    assert not {"1.1", "2.3"} & printing  # numbers that stand in the code, and a function


def test_no_word_of_a_table_is_wider_than_its_column(told):
    assert not [column for column in told["column"] if column["wide"] > column["room"]]
    assert "Goodfellow" in [column["word"] for column in told["column"]]


def test_words_have_an_index(told):
    words = {term["word"] for term in told["term"]}
    assert {"gradient", "logits", "Jacobian", "softmax regression", "dead"} <= words
    assert not {"not", "within", "0.1"} & words


def test_every_guess_is_answered(chapters, told):
    others = {"91": 1, "92": 1}  # the game without an end; the six questions
    for number, found in chapters.items():
        asked = texts(found, printed=True).count("**Guess.**") + others.get(number, 0)
        assert sum(answer["number"].startswith(number) for answer in told["answer"]) == asked, number


def test_every_picture_stands_in_it(chapters, told):
    stored = sum(isinstance(part, Picture) for found in chapters.values() for part in found)
    drawn = sum(texts(found, printed=False).count("](../figures/") for found in chapters.values())
    assert len(told["picture"]) == stored + drawn > 40


def test_no_line_of_code_is_wider_than_its_box(told):
    for line in told["code"]:
        assert line["word"] <= line["room"], line
        assert line["wide"] <= line["room"] or len(line["text"]) > LINE, line
    assert len(told["code"]) > 1000


def test_no_picture_leaves_a_page_that_it_could_fit(told, book):
    sizes = json.loads((book.parent / "smaller.json").read_text())
    assert fitting.corrected(told["picture"], sizes) == sizes
    assert 0.0 in sizes.values(), "each picture fits by itself: is their room still measured?"


def test_no_heading_stands_alone_at_the_foot_of_a_page(told):
    assert min(heading["below"] for heading in told["heading"]) > 40  # points: itself, and a line
    assert len(told["heading"]) > 100


def test_no_latex_and_no_markdown_is_left(book, tmp_path):
    tree = printer.tree_of(volume.markdown(tmp_path))
    assert not [word for word in words(tree["blocks"]) if LEFT_OVER.search(word)]


@pytest.mark.parametrize(
    "text",
    [
        "a $ b",
        r"a \\frac b",
        r"\*\*bold",
        r"[words\](there)",
        r"\::: printed",
        r"\<details>",
        r"\| a | b |",
        r"\`x",
    ],
)
def test_what_is_left_over_is_seen(text):
    assert [word for word in words(printer.tree_of(text)["blocks"]) if LEFT_OVER.search(word)]


def sizes_of_pages(pdf):
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d. ]+)\]", pdf)
    return {tuple(round(float(side)) for side in box.split()) for box in boxes}


def test_it_fits_both_papers(book):
    pdf, _ = printer.compiled(book)
    assert sizes_of_pages(pdf) == {(595, 842)}  # A4, in points
    letter = book.with_name("letter.typ")
    letter.write_text(
        book.read_text(encoding="utf-8").replace('paper: "a4"', 'paper: "us-letter"'), encoding="utf-8"
    )
    pdf, warnings = printer.compiled(letter)
    assert sizes_of_pages(pdf) == {(612, 792)}
    assert warnings == []


# Faults that are planted.

WIDE = " + ".join(["e^{z_{12}}"] * 40)
FAULTS = {
    "a display that is cut": (f"$${WIDE}$$", "formula without a number"),
    "a numbered display that is cut": (rf"$${WIDE} \tag{{0.1}}$$", "formula 0.1"),
    "a table that is cut": (f"| a |\n| --- |\n| $\\displaystyle {WIDE}$ |", "a table is"),
    "a link to no equation": ("see [(0.7)](#eq-0-7)", "`<eq-0-7>` does not exist"),
    "a link to no section": ("see [section 7](#00-section-7)", "`<00-section-7>` does not exist"),
    "a number used twice": (r"$$a \tag{0.1}$$ and $$b \tag{0.1}$$, see [(0.1)](#eq-0-1)", "multiple times"),
    "a missing picture": ("![A net.](../figures/none.svg)", "file not found"),
    "a picture without alternative text": ("![](../figures/network.svg)", "missing alt text"),
    "an exercise without its solution": (
        "::: {.exercise number=0.1 by=pencil}\ntask\n:::\n\n::: {.hints number=0.1}\nhint\n:::",
        "`<solution-0.1>` does not exist",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_an_error(fault, tmp_path):
    text, said = FAULTS[fault]
    with pytest.raises(typst.TypstError) as refused:
        printer.compiled(small(tmp_path, text))
    assert said in refused.value.diagnostic


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<video>", "chapter 00: got <video>; expected what has a form on paper"),
        ("::: {.surprise}\na\n:::", "got a div ['surprise']"),
        (r"$\farc{1}{2}$", "farc"),
    ],
)
def test_what_has_no_form_on_paper_is_refused(text, said, tmp_path):
    with pytest.raises(ValueError, match=re.escape(said)):
        small(tmp_path, text)


def test_a_warning_is_told(tmp_path):
    path = small(tmp_path, "text")
    path.write_text(path.read_text(encoding="utf-8") + '\n#text(font: "None such")[x]', encoding="utf-8")
    assert "unknown font family" in printer.compiled(path)[1][0]


def test_a_few_lines_without_a_fault_pass(tmp_path):
    text = r"$$a \tag{0.1}$$, see [(0.1)](#eq-0-1)." + "\n\n![A net.](../figures/network.svg)"
    assert printer.compiled(small(tmp_path, text))[1] == []


# What the volume is made of.


def typst_text(text):
    return printer.typst_of(printer.tree_of(f"# 02 · A chapter\n\n{text}"), "a4").partition("02 · A chapter")[
        2
    ]


def test_a_reference_into_another_chapter_names_its_page_once_in_a_section():
    other, own = "[(1.2)](#eq-1-2)", "[(2.2)](#eq-2-2)"
    text = typst_text(f"{other} {other} {own}\n\n## Next\n\n{other}")
    assert re.findall(r'#to\("eq-(.-.)", paged: (\w+)\)', text) == [
        ("1-2", "true"),
        ("1-2", "false"),
        ("2-2", "false"),
        ("1-2", "true"),
    ]


def test_a_solution_leads_to_what_it_cites(book):
    text = book.read_text(encoding="utf-8").partition('#solution("1.2")[')[2]
    assert '#to("eq-1-10", paged: false)' in text.partition("#solution(")[0]


def test_a_paragraph_that_leads_to_something_stays_with_it():
    question = "::: printed\n**Guess.** Which?\n\n- one\n:::"
    assert "#lead[" in typst_text("So it is:\n\n$$a$$")
    assert "#lead[" in typst_text(f"Think.\n\n{question}")
    assert "#lead[" in typst_text("Three things.\n\n- one\n- two\n- three")
    assert "#lead[" in typst_text("## A section\n\nOne line.\n\n$$a$$")
    assert "#lead[" not in typst_text("So it is.\n\n$$a$$")


def test_formulas_are_in_the_words_of_todays_typst():
    text = typst_text(r"$\operatorname{diag}\big(\mathbf z\big) \odot \operatorname{softmax}(x)$")
    assert "#scale(" not in text
    assert ".circle" not in text
    assert '"diag"stretch(\\(, size: #120%)' in text
    assert '"softmax"\\( x' in text


def test_text_has_what_formulas_leave_of_a_table():
    long = " + ".join("abcdefghijklm")
    table = f"| n | formula | why |\n| - | - | - |\n| 1 | $\\displaystyle {long}$ | " + "because " * 10 + "|"
    assert '#tabled((auto, auto, 79,), ("n", "formula", "because",))[' in typst_text(table)
    assert "#tabled((auto, 49, 79,), " in typst_text(table.replace("\\displaystyle ", ""))


def test_code_stands_with_the_lines_it_prints():
    printed = "::: printed\n```\n1\n```\n:::"
    assert "#lead[" in typst_text(f"```python\nprint(1)\n```\n\n{printed}")
    assert "#lead[" not in typst_text("```python\nx = 1\n```\n\nText.")
    assert "#lead[" not in typst_text("```python\n" + "x = 1\n" * 20 + f"```\n\n{printed}")


def test_code_in_html_is_code():
    assert "`\\sum_{k'} e^{-t}`" in typst_text(
        r"| a |" + "\n| - |\n" + r"| <code>\\sum\_{k'} e^{-t}</code> |"
    )


def test_an_apostrophe_behind_a_number_is_no_prime():
    assert r"05\u{2019}s" in typst_text("chapter 05's loop")


def test_a_minus_is_no_hyphen():
    assert "(−0.5, 1) and 1 − 1, a follow-up" in typst_text("(-0.5, 1) and 1 - 1, a follow-up")


def test_bars_around_a_number_are_no_relation():
    assert r"lr(|a - b|)" in typst_text("$|a - b|$").replace(r"\|", "|")


def test_a_paragraph_of_one_formula_is_a_display():
    assert "#display[" in typst_text(r"So:" + "\n\n" + r"$\qquad a = b$")
    assert "#display[" not in typst_text("So $a = b$.")


def test_a_paragraph_with_long_code_has_no_holes():
    assert "#ragged[" in typst_text("Type `delta = cost(activations[-1], y) * slope(zs[-1])`, and see.")
    assert "#ragged[" not in typst_text("Type `x = 1`, and see.")


def test_a_reply_that_begins_with_a_number_is_no_list(tmp_path):
    guess = (
        "::: printed\n**Guess.** How many?\n\n- two\n\n"
        '::: {.folded summary="Which?"}\n**Right:** two\n\n2. It is.\n:::\n:::\n\n::: answers\n:::'
    )
    path = small(tmp_path, guess.replace("2. It", "2\\. It"))
    assert printer.compiled(path)[1] == []
    assert json.loads(typst.query(str(path), "enum")) == []


def test_a_solution_in_latex_is_also_set_as_a_formula():
    assert volume.typeset("n = 3\nchoice = 'b2'") == []
    (display,) = volume.typeset(r'lines = r"\sum_{k=1}^H a_k = b = c"')
    assert display == r"$$\begin{aligned}\sum_{k=1}^H a_k &= b  \\ &= c\end{aligned}$$"


def test_code_cannot_close_its_block():
    assert volume.listing("a\n```\nb", "python") == "````python\na\n```\nb\n````"


def test_only_a_picture_that_nearly_fits_is_made_smaller():
    assert fitting.wanted({"room": 400, "tall": 300}) == 1.0
    assert fitting.wanted({"room": 300, "tall": 300}) == pytest.approx(0.84)
    assert fitting.wanted({"room": 200, "tall": 300}) == 0.0, "the text goes on, the picture stands overleaf"
    assert fitting.wanted({"room": 100, "tall": 300}) == 1.0, "so little may be left empty"


def test_sizes_are_mended_one_at_a_time_and_taken_back():
    found = [{"room": 400, "tall": 300}, {"room": 300, "tall": 300}, {"room": 300, "tall": 300}]
    assert fitting.corrected(found, {"1": 0.9}) == {"1": 1.0}
    assert fitting.corrected(found, {}) == {"2": 0.84}
    assert fitting.corrected(found, {"2": 0.84, "3": 0.84}) == {"2": 0.84, "3": 0.84}
