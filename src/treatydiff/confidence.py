"""A score -> how often a link of that score is right, 0 to 1.

Logistic, its two figures chosen on the development concordances with body texts only and all
sets pooled; docs/alignment.md has the reliability table.
"""

from math import exp

AT_ZERO, SLOPE = -0.5, 12.0


def confidence_of(score: float) -> float:
    """The confidence in a link of this score."""
    return 1 / (1 + exp(-(AT_ZERO + SLOPE * score)))
