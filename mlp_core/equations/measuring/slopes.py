"""A slope as the checker finds it: by differences of what a function gives, never by a rule of calculus."""

import numpy as np

STEP = 2e-3


def step_of(name, number):
    """Return how far a number is moved: one of z, which is small and must stay above 0, by a part of it."""
    return STEP * float(number) if name in ("z", "Z") else STEP


def extrapolated(f, step):
    """Return f'(0) by central differences at a step and at half of it, the h^2 term taken out."""
    coarse = (f(step) - f(-step)) / (2 * step)
    fine = (f(step / 2) - f(-step / 2)) / step
    return (4 * fine - coarse) / 3


def moved(array, place, step):
    """Return a copy of an array with a step added to one entry."""
    there = array.copy()
    there[place] += step
    return there


def gradient(f, array):
    """Return the slopes of a number f(array) by every entry of the array, in its shape."""
    slopes = np.empty(array.shape)
    for place in np.ndindex(array.shape):
        slopes[place] = extrapolated(lambda h, p=place: float(f(moved(array, p, h))), STEP)
    return slopes
