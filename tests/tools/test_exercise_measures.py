"""The table of what the exercises' checks say."""

from tools import exercise_measures
from tools.exercise_measures import as_table, main

STRANGERS = """
import numpy as np

def plain(r, z_hat):
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    count = len(r) if r.ndim == 2 else 1
    return (r - e / e.sum(axis=-1, keepdims=True)) / count

LOGITS_WRONG = [
    (lambda r, z_hat: -2 * plain(r, z_hat), "sign, and a factor"),
    (lambda r, z_hat: plain(r, z_hat) * np.sin(z_hat), "nobody knows"),
    (lambda r, z_hat: plain(r, z_hat) @ r[..., 0], "shapes"),
]
LOGITS_RIGHT = [(plain, "right")]
"""


def test_a_file_of_strangers_is_measured(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(exercise_measures.desk, "_wrong", {})
    file = tmp_path / "somebody.py"
    file.write_text(STRANGERS, encoding="utf-8")
    main([str(file)])
    assert capsys.readouterr().out.splitlines() == [
        "| what was handed in | what came of it |",
        "| --- | --- |",
        "| somebody, LOGITS_WRONG | 1 of 2 named, 1 more raise |",
        "| somebody, LOGITS_RIGHT | 1 right ones, 0 of them called wrong |",
    ]
    assert list(tmp_path.iterdir()) == [file]


def test_one_row_stands_in_one_line():
    assert as_table([("a", "b")]).splitlines()[2:] == ["| a | b |"]
