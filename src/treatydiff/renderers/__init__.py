"""Values -> text. Renderers are pure: they analyse nothing and never import each other."""

from treatydiff.errors import InvalidOption
from treatydiff.model import Comparison


def render(comparison: Comparison, format: str = "terminal", *, width: int = 80) -> str:  # noqa: A002
    """A comparison as text, without colour: for a terminal `width` columns wide, or as JSON.

    Raises InvalidOption for another format.
    """
    if format == "json":
        from treatydiff.renderers.to_json import comparison_to_json

        return comparison_to_json(comparison)
    if format == "terminal":
        from treatydiff.renderers.layout import PLAIN
        from treatydiff.renderers.to_terminal import comparison_lines

        return "".join(f"{line}\n" for line in comparison_lines(comparison, PLAIN, width=width))
    raise InvalidOption(f"no format {format!r}", hint="there is: terminal, json")
