"""One-slip mutants of the three large explorers and of guesses; see mutants.py."""

from mutants import Mutant

STEPPER = "explorers/stepper/"
PAD = "explorers/digit_pad/"
PLAYGROUND = "explorers/playground/"
GAME = "explorers/slip_game/"

SLIPS = [
    # the stepper
    Mutant(
        "stepper: the second example on the first one's side of 0",
        STEPPER + "numbers.py",
        "tuple(-x / 2 for x in given",
        "tuple(abs(x) / 2 for x in given",
    ),
    Mutant(
        "stepper: the second example of the same class",
        STEPPER + "numbers.py",
        '(given["r"][-1], *given["r"][:-1])',
        'given["r"]',
    ),
    Mutant(
        "stepper: any size is taken",
        STEPPER + "numbers.py",
        "within = np.abs(array) <= LARGEST",
        "within = np.abs(array) <= 2 * LARGEST",
    ),
    Mutant(
        "stepper: measured with its sign lost",
        STEPPER + "numbers.py",
        "-numerical_gradient(",
        "numerical_gradient(",
    ),
    Mutant(
        "stepper: the slip of the sum divides by the batch",
        STEPPER + "slips.py",
        "return as_rows(z).shape[0] * output_delta_from_output(r, z)",
        "return output_delta_from_output(r, z)",
    ),
    Mutant("stepper: half the step too early", STEPPER + "slips.py", "EARLY = 0.5", "EARLY = 0.25"),
    Mutant(
        "stepper: every activation is written sigmoid",
        STEPPER + "line.py",
        'ACTIVATIONS[numbers["activation"]].label',
        'ACTIVATIONS["sigmoid"].label',
    ),
    Mutant(
        "stepper: the check speaks of pulls that are still to come",
        STEPPER + "picture.py",
        '        return "not yet"\n',
        '        return "right"\n',
    ),
    Mutant(
        "stepper: the limit of colors without the found differences",
        STEPPER + "picture.py",
        "counts = found if check else known",
        "counts = known",
    ),
    # the pad
    Mutant(
        "pad: a guess of doubt is not judged",
        PAD + "explorer.py",
        'return "sure" if self._guess.value == "in doubt" else None',
        "return None",
    ),
    Mutant("pad: sure above a half", PAD + "numbers.py", "SURE = 0.9", "SURE = 0.5"),
    Mutant(
        "pad: examples beyond the last",
        PAD + "numbers.py",
        "lambda state: len(unseen_digits().x) - 1",
        "lambda state: len(unseen_digits().x)",
    ),
    Mutant("pad: the pen half as thick", PAD + "strokes.py", "PEN = 5.0", "PEN = 2.5"),
    Mutant(
        "pad: rows and columns of the place exchanged",
        PAD + "numbers.py",
        "top, left = PLACES[place]",
        "left, top = PLACES[place]",
    ),
    Mutant(
        "pad: a new drawing is meant to be what the pick was",
        PAD + "numbers.py",
        "return () if name_of(state) else state.strokes",
        "return state.strokes",
    ),
    Mutant("pad: opens with a digit read right", PAD + "numbers.py", '"a leaning 5"', '"an upright 5"'),
    Mutant(
        "pad: the first stroke is added to a pick",
        PAD + "explorer.py",
        "state.drawn and name_of(state) is not None",
        "False",
    ),
    # the playground
    Mutant(
        "playground: a batch that no button shows",
        PLAYGROUND + "numbers.py",
        "BATCHES = (1, 4, 16, 64, POINTS)",
        "BATCHES = (1, 4, 16, 32, 64, POINTS)",
    ),
    Mutant(
        "playground: starts beyond the slider",
        PLAYGROUND + "numbers.py",
        'Whole("random start", 0, 9,',
        'Whole("random start", 0, 99,',
    ),
    Mutant(
        "playground: any network under the settings",
        PLAYGROUND + "numbers.py",
        "if (got, mlp.activation.name) != (sizes_of(state), state.activation):",
        "if mlp.activation.name != state.activation:",
    ),
    Mutant(
        "playground: the batches of a new setting begin at 0",
        PLAYGROUND + "numbers.py",
        "seed=state.step",
        "seed=0",
    ),
    Mutant(
        "playground: the history keeps its end alone",
        PLAYGROUND + "numbers.py",
        "history[::2]",
        "history[1::2]",
    ),
    Mutant(
        "playground: a frame after the pause",
        PLAYGROUND + "explorer.py",
        "        if not self.running:\n            return False\n        before, self",
        "        before, self",
    ),
    Mutant(
        "playground: the answer to another question",
        PLAYGROUND + "explorer.py",
        'return "2" if numbers["data"] == "xor" else None',
        'return "2"',
    ),
    Mutant(
        "playground: begins with other points",
        PLAYGROUND + "numbers.py",
        'setting("xor", Menu',
        'setting("moons", Menu',
    ),
    Mutant(
        "playground: colors as sure in doubt as elsewhere",
        PLAYGROUND + "picture.py",
        "card + sure * (",
        "card + 1.0 * (",
    ),
    Mutant(
        "softmax explorer: the naive form agrees within a tenth",
        "explorers/probabilities/numbers.py",
        "atol=1e-6",
        "atol=1e-1",
        asked_first="test_softmax_explorer.py",
    ),
    Mutant(
        "guess: the first choice is right",
        "explorers/questions.py",
        'return "right" if choice == self.right else "wrong"',
        'return "right" if choice == [*self.choices][0] else "wrong"',
    ),
    Mutant(
        "guess: the answers unfolded",
        "explorers/questions.py",
        "<details><summary>Chosen?",
        "<details open><summary>Chosen?",
    ),
    Mutant(
        "guess: the reply of the choice before",
        "explorers/questions.py",
        "self._reply(self.buttons.value) + again",
        "self._reply([*self.choices][self.buttons.index - 1]) + again",
    ),
    Mutant(
        "guess: the second question after a wrong verdict",
        "explorers/questions.py",
        "        if not wrong:\n            self._go_on()",
        "        if wrong:\n            self._go_on()",
        asked_first="test_guess_in_two_steps.py",
    ),
    Mutant(
        "score: the last choice counts",
        "explorers/questions.py",
        "if self.first is None:",
        "if True:",
        asked_first="test_guess_in_two_steps.py",
    ),
    Mutant(
        "game: holds and slips exchanged",
        GAME + "numbers.py",
        "(say == SLIPS) == deck.deal",
        "(say == HOLDS) == deck.deal",
    ),
    Mutant(
        "game: the streak from the first line on",
        GAME + "numbers.py",
        '"streak": _streak(rights[::-1])',
        '"streak": _streak(rights)',
    ),
    Mutant(
        "game: every side is the right one",
        GAME + "numbers.py",
        "at > CANNOT_SAY and deck.mends(state.seed, k, at)",
        "at > CANNOT_SAY",
    ),
    Mutant("ground: nobody waits for a turn", "explorers/ground/turns.py", "with TURN:", "if TURN:"),
]
# No chapter's stored text is of what these change.
EXPLORER_MUTANTS = [mutant._replace(unseen=True) for mutant in SLIPS]
