"""Tell which clause of one treaty answers to which of another, with the words that prove it."""

__version__ = "0.1.0"
