"""How strangers' equations are read: what the tests hold the reader to, and the page of checks."""

# How many true lines of a file are accepted; and how many refusals of the others say what to write, at least.
READ = {
    "strangers_equations_1": (128, 23),
    "strangers_equations_2": (107, 6),
    "strangers_equations_3": (75, 34),
}
