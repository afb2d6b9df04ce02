"""What reads a line from left to right: a cursor over its tokens, the ways to refuse, and what was used."""

from contextlib import contextmanager
from dataclasses import replace

from ..language import tree
from ..language.errors import EquationSyntaxError
from ..language.parser import DEEPEST
from .comments import without_comments
from .forms import FORM_OF_TOKEN, FORMS
from .hints import hint_at
from .primes import without_primes, without_words
from .tokens import cleaned, cut

END = ""
OPENING, CLOSING = ("(", "[", "{", "\\{"), (")", "]", "}", "\\}")
PARTNER = dict(zip(OPENING, CLOSING, strict=True))
SIGNS = ("=", ":=", "\\approx", "\\ge", "\\le", "\\coloneqq", "\\triangleq", "\\stackrel", "\\overset")
SPACES = ("\\quad", "\\qquad", ",", ";", ".", "\\\\", "&", "\\newline")
KNOWN = {form.name for form in FORMS}


class NoSuchLayerError(EquationSyntaxError):
    """A letter is of a layer that this book's network has not."""


class Reader:
    """Reads the tokens of one line; the modules beside this one say how each construction is read.

    Parameters
    ----------
    latex : str
        The whole line, to show the place of an error in.
    letters : Letters
        The notation: what a letter with its scripts stands for.
    read_factor : callable
        What reads one factor, by the token that it begins with.
    tokens : list of Token or None
        A part of the line's; None for all of them.
    used : set or None
        Where the names of the forms go that were met.
    """

    def __init__(self, latex, letters, read_factor, tokens=None, used=None, depth=0):
        self.latex, self.letters, self.read_factor = latex, letters, read_factor
        self.tokens = _tokens(latex, letters) if tokens is None else tokens
        self.place, self.depth = 0, depth
        self.used = set() if used is None else used
        self.more = []  # equations that stand behind the first
        self.said = []  # conditions that stand elsewhere than behind the line
        self.start = len(latex.rstrip())  # where an error is shown if there is no token
        self.open_end = False  # whether the last factor was a sum, or an operator: it took the whole product
        self.loose = False  # whether the last factor was a function without brackets
        self.used.update(FORM_OF_TOKEN[t.was] for t in self.tokens if t.was in FORM_OF_TOKEN)

    # The cursor

    def peek(self, ahead=0):
        """Return the text of a token, or "" behind the last."""
        place = self.place + ahead
        return self.tokens[place].text if place < len(self.tokens) else END

    def token(self, ahead=0):
        """Return a token, or None."""
        place = self.place + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def is_word(self, ahead=0):
        """Return whether a token is a word, as in \\text."""
        token = self.token(ahead)
        return token is not None and token.word

    def take(self, *texts):
        """Return the next token and step over it, if it is one of these (or any, if none is named)."""
        token = self.token()
        if token is None or (texts and (token.text not in texts)):
            return None
        self.place += 1
        return token

    def expect(self, text):
        """Step over a token that has to stand here."""
        return self.take(text) or self.refuse()

    def finished(self):
        """Return whether every token is read."""
        return self.place >= len(self.tokens)

    def skip(self, *texts):
        """Step over all tokens of these texts."""
        while self.take(*texts):
            pass

    # Places

    def position(self):
        """Return where the next token begins in the source."""
        if self.place < len(self.tokens):
            return self.tokens[self.place].start
        return self.tokens[-1].end if self.tokens else self.start

    def placed(self, node, start):
        """Return a node with its span: from a position to the end of the last token that was read."""
        end = self.tokens[self.place - 1].end if self.place else start
        return replace(node, span=(start, max(end, start)))

    # Refusals and what was used

    def refuse(self, problem=None, position=None):
        """Raise the error that something cannot stand here; the table of hints says what to write."""
        found = self.peek()
        if problem is None:
            problem = f"{_shown(self)} cannot stand here" if found else "the equation breaks off"
            hint = hint_at(self)
            problem += f": {hint}" if hint else ""
        where = self.position() if position is None else position
        raise EquationSyntaxError(problem, self.latex, where)

    def use(self, form):
        """Note that a form of the table is read."""
        if form not in KNOWN:
            raise KeyError(f"form: got {form!r}; expected one of the table of spellings")
        self.used.add(form)

    # Parts

    @contextmanager
    def deeper(self):
        """Count how deep one part stands in another."""
        self.depth += 1
        if self.depth > DEEPEST + 2:
            self.refuse(f"parts stand more than {DEEPEST} deep in each other")
        yield
        self.depth -= 1

    def inside(self, tokens):
        """Return a reader of some tokens of the same line."""
        part = Reader(self.latex, self.letters, self.read_factor, tokens, self.used, self.depth)
        part.said = self.said
        part.start = self.tokens[max(self.place - 1, 0)].start if self.tokens else 0
        return part

    def factor(self):
        """Return the next factor."""
        return self.read_factor(self)

    def closing(self):
        """Return how many tokens ahead the bracket that begins here is closed, or refuse."""
        opened = [PARTNER[self.peek()]]
        for ahead in range(1, len(self.tokens) - self.place):
            text = "" if self.is_word(ahead) else self.peek(ahead)
            if text == opened[-1]:
                opened.pop()
                if not opened:
                    return ahead
            elif text in PARTNER:
                opened.append(PARTNER[text])
            elif text in CLOSING:
                self.refuse(f"{text} closes what is not open", self.token(ahead).start)
        return self.refuse(f"{self.peek()} is not closed: write {PARTNER[self.peek()]} behind it")

    def bracketed(self):
        """Return the tokens between the bracket that begins here and its end, and step behind it."""
        length = self.closing()
        inner = self.tokens[self.place + 1 : self.place + length]
        self.place += length + 1
        return inner

    def argument(self):
        """Return the tokens of a macro's argument: a group in braces, or one token as TeX takes it."""
        if self.peek() == "{":
            return self.bracketed()
        token = self.take() or self.refuse()
        if token.text.isdigit() and len(token.text) > 1:  # \frac12
            first = replace(token, text=token.text[0], end=token.start + 1)
            self.place -= 1
            self.tokens = [*self.tokens]
            self.tokens[self.place] = replace(token, text=token.text[1:], start=token.start + 1)
            return [first]
        start = self.place - 1
        while self.tokens[self.place - 1].text in TAKING_ONE and not self.finished():
            if self.peek() == "{":
                self.bracketed()
                break
            self.take()
        return self.tokens[start : self.place]


TAKING_ONE = ("\\mathbf", "\\boldsymbol", "\\bm", "\\hat", "\\mathbb", "\\vec", "\\bar", "\\tilde")


def _tokens(latex, letters):
    return without_primes(without_words(without_comments(cleaned(cut(latex, letters.words)))))


def _shown(reader):
    token = reader.token()
    return reader.latex[token.start : token.end] if token.word or token.was else token.text


def text_of(tokens):
    """Return some tokens as one text."""
    return "".join(token.text for token in tokens)


def whole(reader, read):
    """Return what is read of all tokens, or refuse what is left over."""
    node = read(reader)
    if not reader.finished():
        reader.refuse()
    return node


def negative(node):
    """Return minus a node."""
    return tree.Negative(node, span=node.span)
