"""Which parts of which sections the slides of the 90-minute lecture show; the words are the chapters'.

A slide is a list of parts, each named by how it begins: a paragraph, a list, a table, a picture in the text
(`![`), or a line of a code cell. A number in brackets is the display of that number. A part is looked for in
the section, and what is not there in the whole chapter.
"""

SLIDES = {
    "00": {
        "How did it learn to read?": [["pad = DigitPad()"], ["The ten numbers beside"]],
        "What does a network compute?": [
            ["This one has two inputs", "!["],
            ["The input is", "x, r = np.array"],
            ["**First the weighted sums.**", "(0.1)", "With a pencil:", "- $\\hat y_1"],
            ["**Then a bend.**", "(0.3)", "The easiest by pencil"],
            ["**Then the same again", "(0.4)", "**By hand.**"],
            ["y_hat = V @"],
            ["A logit may be any number", "(0.6)"],
            ["guess("],
            ["pictures.network_with_numbers("],
        ],
        "How wrong is it, in one number?": [["To get better", "(0.7)"], ["for given in"]],
        "Which way should one weight go?": [
            ["Suppose you know no calculus", "From here on"],
            ["guess("],
            ["nudge = NudgeExplorer()"],
            ["How does the explorer find", "$$\\frac{\\partial E}{\\partial w_{ij}} \\approx"],
            ["h = 1e-5", "(0.8)", "Read this as"],
        ],
        "And all seventeen at once?": [
            ["guess("],
            ['print("pull on V:"'],
            ["Now move every weight", "$$\\mathbf W \\leftarrow", "stepped, _ =", "**It learned"],
        ],
        "Then why a book?": [
            ["Because of the bill", "guess("],
            ["Nudging wants two"],
            ["**Back-propagation is not"],
        ],
    },
    "02": {
        "Only one class was right. Who is pulled?": [
            ["Softmax made", "guess("],
            ['print("measured pull', "Nobody said anything"],
        ],
        "But why is it r − z?": [
            ["Go back to the pot", "guess("],
            ["**The price.**", "**The gain.**"],
            ["**The pull is gain minus price.**", "Here $\\log z_l$ is logit", "(2.2)"],
            ["price = numerical_gradient"],
        ],
        "Can it be derived in one line?": [["(2.7)", "**That is the line.**"]],
    },
    "03": {
        "Who hears of a weight?": [["Turn $w_{ij}$ a little", "(3.3)"], ["block = numerical_gradient"]],
        "And what pulls on a weight?": [
            ["Every logit could be a route", "(3.4)"],
            ["Logit $l$ is pulled by", "(3.6)", "**The pull on a weight is"],
            ["pull = output_delta", "The column of"],
        ],
        "What would such a unit be told?": [
            ["A hidden unit would make", "(3.9)"],
            ["Logit $l$ is pulled by $r_l - z_l$, and hears", "(3.11)", "Every logit has a wish"],
            ["**By hand.**", "pull_y = -numerical_gradient", "$2 \\cdot (-0.1)"],
        ],
    },
    "04": {
        "What is the slope at a corner?": [["Then do without a ceiling", "(4.7)", "(4.8)"]],
        "Why a gate, and not a matrix?": [["Softmax needed a whole", "(4.9)"], ["(4.10)", "**In words:**"]],
    },
    "05": {
        "What can such a weight be told?": [
            ["Take one unit"],
            ["**Forwards.**", "before, after ="],
            ["So the pull on $v$", "**Backwards.**"],
            ["**Two wishes.**", "guess("],
            ["Wishes are added"],
        ],
        "Why begin at the end?": [
            ["Could one not go forwards", "- $v_{10}$"],
            ["**One sweep for each"],
        ],
        "The line": [
            ["**From a weight to its unit.**", "(5.1)"],
            ["**Put in what we own**", "(5.4)", "Read it aloud"],
            ["What arrives at the sum", "(5.5)", "**Pull at the head"],
        ],
        "Does it give the right numbers?": [
            ["**By hand.** First"],
            ["relu_record ="],
            ["pictures.network_backwards("],
        ],
        "Can you carry it in your head?": [["| | the line"]],
        "One line is wrong": [["data = digits("], ["It reads "], ["guess("], ["Would you have noticed?"]],
    },
}
