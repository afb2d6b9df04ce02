"""The visual language: contrasts, printed numbers, the card, single marks."""

import base64
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from refusals import assert_refused

import mlp_core
from mlp_core import pictures
from mlp_core.pictures.ground import marks, networks, style
from mlp_core.pictures.ground import numbers as printed
from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.style import house_style


def contrast(first, second):
    """Return the WCAG contrast ratio of two colors."""
    luminances = []
    for color in (first, second):
        c = np.asarray(to_rgb(color))
        linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
        luminances.append(linear @ [0.2126, 0.7152, 0.0722] + 0.05)
    return max(luminances) / min(luminances)


@pytest.mark.parametrize(
    ("color", "on_card", "on_white"),
    [
        (style.SIGNAL, 5.0, 5.2),
        (style.PULL_UP, 4.7, 4.8),
        (style.PULL_DOWN, 7.1, 7.4),
        (style.INK, 15.1, 15.7),
        (style.SLATE, 6.1, 6.4),
        (style.GREY, 3.2, 3.3),
    ],
)
def test_contrasts_are_those_of_the_visual_language(color, on_card, on_white):
    assert contrast(color, style.CARD) == pytest.approx(on_card, abs=0.06)
    assert contrast(color, "white") == pytest.approx(on_white, abs=0.06)


def test_ink_reads_on_every_cell_and_on_the_tint():
    cells = [contrast(style.INK, style.CELLS(share)) for share in np.linspace(0, 1, 101)]
    assert min(cells) == pytest.approx(5.4, abs=0.06)
    assert contrast(style.INK, style.SIGNAL_TINT) == pytest.approx(12.3, abs=0.06)


def test_every_edge_color_is_visible_and_zero_is_grey():
    edges = [contrast(style.LINES(share), style.CARD) for share in np.linspace(0, 1, 101)]
    assert min(edges) == pytest.approx(3.2, abs=0.06)
    assert to_rgb(style.LINES(0.5)) == pytest.approx(to_rgb(style.GREY), abs=0.02)


@pytest.mark.parametrize("colormap", [style.CELLS, style.PICTURES])
def test_zero_is_the_card_on_a_symmetric_scale(colormap):
    assert to_rgb(colormap(style.symmetric(3.0)(0.0))) == pytest.approx(to_rgb(style.CARD), abs=0.02)
    assert style.symmetric(3.0)(-3.0) == 0
    assert style.symmetric(3.0)(3.0) == 1


def test_the_color_of_a_pull_is_its_sign():
    assert [style.pull_color(pull) for pull in (0.1, -0.1, 0.0)] == [
        style.PULL_UP,
        style.PULL_DOWN,
        style.INK,
    ]


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (2.0, {}, "2"),
        (-0.1, {}, "−0.1"),
        (0.6224593312, {}, "0.62"),
        (0.4, {"sign": True}, "+0.4"),
        (-2.60603, {"decimals": 4}, "−2.6060"),
        (0.0, {"sign": True}, "0"),
        (-0.0, {}, "0"),
        (-1e-17, {}, "0"),
        (-0.004, {"sign": True}, "0.00"),
        (0.003, {}, "0.00"),
        (1.0 - 1e-13, {}, "1"),
        (100.0, {}, "100"),
    ],
)
def test_number(value, options, text):
    assert printed.number(value, **options) == text


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (0.4, {"sign": True}, "+0.40"),
        (-0.04, {}, "−0.04"),
        (-0.8, {"decimals": 4}, "−0.8000"),
        (0.0, {}, "0"),
        (1234.5, {}, "1234.50"),
    ],
)
def test_fixed(value, options, text):
    assert printed.fixed(value, **options) == text


@pytest.mark.parametrize("nudge", [-1e-15, 0.0, 1e-15])
def test_a_half_is_rounded_alike_whatever_the_last_bits(nudge):
    assert printed.fixed(0.125 + nudge) == "0.13"
    assert printed.fixed(-2.675 + nudge) == "−2.68"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e15, -1e300])
@pytest.mark.parametrize("write", [printed.rounded, printed.fixed, printed.number, printed.fixed_with_sign])
def test_what_has_no_decimals_is_refused(write, value):
    assert_refused(lambda: write(value, 2), "value", f"{value:g}", "a finite number below 1e+15")


def test_the_largest_number_with_decimals():
    assert printed.fixed(999_999_999_999.5, 1) == "1000000000000.0"  # twelve digits are kept
    assert printed.fixed(123_456_789.125) == "123456789.13"
    assert printed.fixed(0.123456789012) == "0.12"
    assert printed.fixed(1234.56789012, 8) == "1234.56789012"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_no_magnitude_is_infinite(value):
    assert_refused(lambda: printed.magnitude(value), "value", f"{value:g}", "a finite number")


@pytest.mark.parametrize(
    ("pull", "decimals", "text"),
    [(0.5, 2, "+0.50"), (-0.004, 2, "−0.004"), (-0.005, 2, "−0.01"), (0.00004, 4, "+0.00004"), (0.0, 2, "0")],
)
def test_a_small_pull_keeps_its_sign_by_one_decimal_more(pull, decimals, text):
    assert printed.fixed_with_sign(pull, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.105, "0.105"), (0.00123, "0.0012"), (0.000123, "1.2 × 10⁻⁴"), (-2, "−2")]
)
def test_four_decimals_or_a_power_of_ten(value, text):
    assert printed.number_or_power(value) == text


@pytest.mark.parametrize(("value", "short"), [(0.25, 0.25), (0.2499, 0.25), (1.0, 1), (0.333, 0.33)])
def test_a_tick_is_the_shortest_number_within_three_percent(value, short):
    assert printed.short_tick(value) == short


def test_lists_shares_and_symbols_in_words():
    assert printed.series([1, -0.5, 0.333]) == "1, −0.5 and 0.33"
    assert printed.series([2]) == "2"
    assert printed.percent(0.97222) == "97.2 %"
    assert printed.in_words(r"$E$ hears of $\hat{z}_2$ and $\mathbf{W}$") == "E hears of z hat 2 and W"
    assert printed.in_words(r"$w_{11}$, $\sigma'$") == "w 11, sigma prime"


def test_no_module_bears_the_name_of_a_picture():
    rooms = Path(pictures.__file__).parent.rglob("*.py")
    assert not {path.stem for path in rooms} & {name for name in pictures.__all__}


@house_style()
def picture(message="One message", description="Nothing. It holds 1 number.", height=2.0, look="Look here."):
    card = blank_card(height, message)
    marks.words(card, 3.0, 1.0, "a word")
    return finished(card, description, look)


def test_the_card_is_opaque_and_its_corners_are_transparent():
    image = Image.open(io.BytesIO(picture().png())).convert("RGBA")
    pixels = np.asarray(image)
    assert image.size == (1400, 400)
    assert tuple(pixels[200, 200]) == (0xFC, 0xFB, 0xF8, 255)
    assert pixels[0, 0, 3] == 0
    assert pixels[-1, -1, 3] == 0


def test_a_png_carries_no_version_and_no_date():
    assert set(Image.open(io.BytesIO(picture().png())).info) == {"dpi", "transparency"}


def test_the_same_picture_has_the_same_bytes_whatever_the_readers_settings():
    plain = picture()
    expected = plain.png(), plain.svg()
    with matplotlib.rc_context({"font.size": 20, "savefig.facecolor": "black", "svg.fonttype": "none"}):
        other = picture()
        assert (other.png(), other.svg()) == expected
        assert matplotlib.rcParams["font.size"] == 20


def test_svg_speaks():
    svg = picture("Less < more", "A drawing. It shows 1 & 2.").svg()
    assert svg.startswith("<svg ")
    assert 'role="img"' in svg
    assert '<title id="title">Less &lt; more</title>' in svg
    assert '<desc id="desc">A drawing. It shows 1 &amp; 2.</desc>' in svg
    assert f"<!-- matplotlib {matplotlib.__version__} -->" in svg
    assert not re.search(r"<dc:date>|\d{4}-\d\d-\d\dT", svg)


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.pdf"])
def test_save(tmp_path, name):
    picture().save(tmp_path / name)
    expected = {"png": picture().png(), "svg": picture().svg().encode(), "pdf": picture().pdf()}
    assert (tmp_path / name).read_bytes() == expected[name[-3:]]


def test_a_pdf_says_its_message_and_no_date():
    pdf = picture("Less < more").pdf()
    assert pdf.startswith(b"%PDF-")
    assert b"/Title (Less < more)" in pdf
    assert b"CreationDate" not in pdf


def test_save_refuses_other_formats(tmp_path):
    with pytest.raises(ValueError, match=r"path: got 'a\.gif'; expected .*\.png, \.svg or \.pdf"):
        picture().save(tmp_path / "a.gif")


def test_alternative_text_ends_with_the_message_and_has_at_most_60_words():
    assert picture().alternative_text == "Nothing. It holds 1 number. One message."
    assert picture("Why?").alternative_text.endswith("Why?")
    assert repr(picture()) == picture().alternative_text
    with pytest.raises(ValueError, match="alternative_text: got 61 words; expected at most 60"):
        picture(description=" ".join(["word"] * 59))


def test_what_to_look_at_has_at_most_25_words_and_may_be_said_anew():
    with pytest.raises(ValueError, match="look: got 26 words; expected at most 25"):
        picture(look="word " * 26)
    plain, other = (pictures.logit_blocks([0.5], 2, **look) for look in ({}, {"look": "At row 1."}))
    assert (other.look, other.alternative_text) == ("At row 1.", plain.alternative_text)
    assert_refused(lambda: pictures.logit_blocks([0.5], 2, look=" "), "look", "' '", "a text of one line")


def test_a_message_has_at_most_62_characters():
    picture("x" * 62)
    with pytest.raises(ValueError, match="message: got 63 characters; expected at most 62"):
        picture("x" * 63)


def test_a_notebook_gets_one_png_and_its_words(monkeypatch):
    import IPython.display

    shown = []
    monkeypatch.setattr(IPython.display, "publish_display_data", lambda *bundle: shown.append(bundle))
    drawn = picture("Less < more, and 'so' \"on\"")
    drawn._ipython_display_()
    (data,), (caption,) = shown
    assert set(data) == {"text/html", "text/plain"}
    assert data["text/plain"] == drawn.alternative_text
    image = xml.etree.ElementTree.fromstring(data["text/html"].replace('">', '"/>'))
    kind, stored = image.attrib.pop("src").split(",")
    assert (kind, base64.b64decode(stored)) == ("data:image/png;base64", drawn.png())
    assert image.attrib == {"alt": drawn.alternative_text, "width": "700"}
    assert caption == {"text/markdown": "*Look here.*"}


def test_pictures_need_no_notebook_and_no_pyplot():
    code = (
        "import sys; import mlp_core; assert 'matplotlib' not in sys.modules\n"
        "from mlp_core import pictures; assert pictures.logit_blocks([0.5], 2).png()\n"
        "assert not {'IPython', 'matplotlib.pyplot'} & set(sys.modules)"
    )
    package = {**os.environ, "PYTHONPATH": str(Path(mlp_core.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code], env=package, check=True)


@pytest.fixture
def canvas():
    with house_style():
        yield blank_card(3.0, "Marks")


@pytest.mark.parametrize("head", [(3.0, 1.0), (1.05, 1.0), (0.5, 1.0), (2.0, 2.0)])
def test_an_arrow_is_as_long_as_its_number_and_longer_than_its_head(canvas, head):
    tail = np.array([1.0, 1.0])
    corners = marks.pull_arrow(canvas, tail, head, style.PULL_UP).get_xy()
    along = (np.array(head) - tail) / np.hypot(*(head - tail))
    reach = (corners - tail) @ along
    length = np.hypot(*(head - tail))
    assert reach.min() == pytest.approx(0, abs=1e-12)
    assert reach.max() == pytest.approx(length)
    neck = np.sort(reach[reach > 1e-9])[0]
    assert 0.35 * length < neck < length


def test_an_arrow_of_no_length_is_not_drawn(canvas):
    assert marks.pull_arrow(canvas, (1, 1), (1, 1), style.INK) is None


def test_cells_are_colored_by_sign_and_zero_vanishes(canvas):
    cells = marks.Cells(1, 2, (1, 3), (0.5, 0.5))
    cells.draw(canvas, [[-2.0, 0.0, 2.0]], limit=2.0)
    faces = [patch.get_facecolor() for patch in canvas.patches if (patch.get_gid() or "").startswith("cell")]
    expected = [style.CELL_COLORS[0], style.CARD, style.CELL_COLORS[-1]]
    for face, color in zip(faces, expected, strict=True):
        assert to_rgb(face) == pytest.approx(to_rgb(color), abs=0.02)
    assert cells.center(0, 2) == pytest.approx((1 + 2 * 0.56 + 0.25, 1.75))


def test_a_ribbon_is_as_wide_as_it_is_told(canvas):
    assert marks.ribbon(canvas, (1, 1), (2, 2), 0.25, style.INK).get_linewidth() == pytest.approx(18)


def test_a_triangle_follows_its_tangent(canvas):
    marks.slope_triangle(canvas, 2.0, 1.0, across=1.5, up=-0.5)
    assert canvas.lines[-1].get_xydata().tolist() == [[2, 1], [2, 0.5], [3.5, 0.5]]
    assert [text.get_text() for text in canvas.texts[-2:]] == ["1.5", "−0.5"]


@pytest.mark.parametrize("sizes", [(2, 3, 2), (2, 4, 3)])
def test_edges_join_the_right_end_of_the_tail_to_the_left_tip_of_the_head(canvas, sizes):
    places = networks.geometry(sizes)
    rng = np.random.default_rng(0)
    for layer, letter in enumerate("VW"):
        weights = rng.normal(size=(sizes[layer + 1], sizes[layer] + 1))
        networks.edges(canvas, places, layer, weights)
        drawn = {line.get_gid(): line for line in canvas.lines if f"edge-{letter}" in (line.get_gid() or "")}
        assert len(drawn) == weights.size
        for (i, j), w in np.ndenumerate(weights):
            edge = drawn[f"edge-{letter}-{i + 1}-{j}"]
            head = (places.hidden, places.outputs)[layer][i]
            assert edge.get_xydata()[1] == pytest.approx((head[0] - 0.58, head[1]))
            units = (places.inputs, places.hidden)[layer]
            reach = (0.23, 0.58)[layer]
            bias = (places.input_bias, places.hidden_bias)[layer]
            tail = (units[j - 1][0] + reach, units[j - 1][1]) if j else (bias[0] + 0.15, bias[1])
            assert edge.get_xydata()[0] == pytest.approx(tail)
            assert edge.get_linewidth() == pytest.approx(0.7 + 2.5 * abs(w) / np.abs(weights).max())
            assert edge.get_linestyle() == ("--" if w < 0 else "-")


def test_nothing_leads_into_a_bias_node():
    places = networks.geometry((2, 3, 2))
    heads = {*places.heads(0), *places.heads(1)}
    assert len(heads) == 5
    assert all(y > places.input_bias[1] + 0.3 for _, y in heads)
