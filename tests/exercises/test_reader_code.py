"""Code that raises, never ends, returns nonsense or writes into its arguments; and the boxes that say so."""

import contextlib
import io
import threading
import time

import pytest
from wrong_answers import function_of

from mlp_core.exercises import Feedback, diagnose
from mlp_core.exercises.judging import judge_function
from mlp_core.exercises.reader_code import call_all
from mlp_core.exercises.registry import of_role

BACKWARD = of_role("backward")
LINES = BACKWARD.solution


def judged(before, after, limit=None):
    assert before in LINES
    return judge_function(BACKWARD, function_of(LINES.replace(before, after)), limit=limit)


RAISED = [
    ("W[:, 1:]", "W", "(B, H+1) meets (B, H): one of the two has the bias"),
    ("W[:, 1:]", "W[:, 1:].T", "(B, K) meets (H, K): it would fit if the second were transposed"),
    ("delta.T @ y_1", "delta @ y_1", "(B, K) meets (B, H+1): it would fit if the first were transposed"),
    ("x_1 @ V.T", "x @ V.T", "(B, D) meets (D+1, H): one of the two has the bias"),
    ("e.sum(axis=1, keepdims=True)", "e.sum(axis=1)", "which `keepdims=True` would keep"),
    ("activation(y_hat)", "activation(yhat)", "The name yhat is not known there"),
    ("axis=1, keepdims", "axis=2, keepdims", "There is no such axis"),
    ("activation.derivative", "activation.slope", "Line"),
    ("return q.T", "return 1 / 0 * q.T", "ZeroDivisionError"),
    ("return q.T", "raise SystemExit\n    return q.T", "SystemExit"),
    ("return q.T", "assert q is None\n    return q.T", "An `assert` of yours does not hold"),
    ("return q.T", "__import__('math').exp(q)\n    return q.T", "such as `math.exp`, was given an array"),
    ("return q.T", "return backward(x, r, V, W, activation)\n    return q.T", "calls itself without an end"),
]


@pytest.mark.parametrize(("before", "after", "said"), RAISED, ids=[c[1] for c in RAISED])
def test_what_raises_is_answered_with_the_readers_own_line(before, after, said):
    feedback = judged(before, after)
    assert feedback.verdict == "error"
    assert said in feedback.message
    assert after.split("\n")[0][:12] in feedback.message
    assert "Line " in feedback.message


SHAPES = [
    ("q.T @ x_1", "q.T @ x", "(H, D); expected (H, D+1). The column of the bias is missing"),
    ("delta.T @ y_1", "(delta.T @ y_1).T", "(H+1, K); expected (K, H+1). This is the transpose"),
    (
        "q.T @ x_1",
        "q[:, :, None] * x_1[:, None, :]",
        "(B, H, D+1); expected (H, D+1). The examples are not added",
    ),
    ("q.T @ x_1", "(q.T @ x_1).sum()", "This is one number"),
    ("return q.T @ x_1, delta.T @ y_1", "return q.T @ x_1", "It returns a ndarray; expected 2 arrays"),
    ("return q.T", "q.T", "It returns nothing (None)"),
    ("return q.T", "return 'a', 'b'\n    return q.T", "is a text"),
    ("return q.T", "return np.nan * q.T", "The pull on V holds NaN"),
]


@pytest.mark.parametrize(("before", "after", "said"), SHAPES, ids=[c[1] for c in SHAPES])
def test_what_comes_back_unfit_gets_a_sentence(before, after, said):
    feedback = judged(before, after)
    assert feedback.verdict in ("wrong", "near")
    assert said in feedback.message


def test_code_that_never_ends_is_stopped():
    begun, threads = time.monotonic(), threading.active_count()
    feedback = judged("return q.T", "while True: pass\n    return q.T", limit=0.3)
    assert feedback.verdict == "error"
    assert "never end" in feedback.message
    assert time.monotonic() - begun < 3
    assert threading.active_count() == threads


def test_code_that_catches_everything_is_given_up_and_the_kernel_answers():
    stop = threading.Event()

    def stubborn():
        while not stop.is_set():
            with contextlib.suppress(BaseException):
                while not stop.is_set():
                    pass

    outcome = call_all(stubborn, [()], limit=0.2)
    stop.set()
    assert outcome.stopped
    assert outcome.given_up


def test_prints_pass_and_nothing_is_written_to_the_namespace():
    function = function_of(LINES.replace("return q.T", "print('here')\n    return q.T"))
    space = dict(function.__globals__)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert judge_function(BACKWARD, function).verdict == "right"
    assert "here" in out.getvalue()
    assert set(function.__globals__) == set(space)


def test_changed_arguments_are_named():
    feedback = judged("x_1 = np", "W += 0; W[0, 0] += 1; W[0, 0] -= 1; x += 1; x -= 1\n    x_1 = np")
    assert feedback.verdict in ("right", "near")
    feedback = judged("return q.T", "r *= 2\n    return q.T")
    assert "writes into its argument `r`" in feedback.message
    assert feedback.verdict == "near"


@pytest.mark.parametrize("thing", [3, "text", [1, 2]])
def test_what_is_no_function_is_told(thing):
    feedback = judge_function(BACKWARD, thing)
    assert feedback.verdict == "unread"
    assert "without brackets" in feedback.message


@pytest.mark.parametrize("body", ["...", "pass", "raise NotImplementedError"])
def test_unwritten(body):
    text = f'def backward(x, r, V, W, activation):\n    """Say."""\n    {body}\n'
    assert judge_function(BACKWARD, function_of(text)).verdict == "unattempted"


def test_diagnose_takes_code_from_elsewhere():
    assert diagnose(function_of(LINES)).verdict == "right"
    feedback = diagnose(function_of(LINES.replace("W[:, 1:]", "W[:, :-1]")))
    assert "You have computed" in feedback.message
    with pytest.raises(ValueError, match="name: got 'forward'"):
        diagnose(print, "forward")


@pytest.mark.parametrize("verdict", ["right", "near", "wrong", "unattempted", "error", "unread", "info"])
def test_a_box_is_escaped_and_reads_as_plain_text(verdict):
    feedback = Feedback("5.2", verdict, "a < b & `W[:, 1:] < 2`\n<script>alert(1)</script>")
    shown = feedback._repr_mimebundle_()
    assert "<script>" not in shown["text/html"]
    assert "a &lt; b &amp; <code>W[:, 1:] &lt; 2</code><br>" in shown["text/html"]
    assert "<script>alert(1)</script>" in shown["text/plain"]
    assert feedback.head in shown["text/plain"]
    assert feedback.head in shown["text/html"]


def test_the_box_says_the_verdict_in_words_and_not_by_color_alone():
    heads = {
        Feedback("1.2", v, "").head for v in ("right", "near", "wrong", "unattempted", "error", "unread")
    }
    assert len(heads - {""}) == 6
