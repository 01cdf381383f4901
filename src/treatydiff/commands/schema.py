"""`treatydiff schema`: the JSON Schemas of the outputs."""

from treatydiff import options
from treatydiff.errors import InvalidOption

EPILOG = "Example: treatydiff schema comparison"


def schema(name: options.SchemaName = "") -> None:
    """Print the JSON Schema of an output; without a name, list them."""
    from importlib.resources import files

    from treatydiff import output as out

    if not name:
        out.write(options.SCHEMAS)
    elif name not in options.SCHEMAS:
        raise InvalidOption(f"no schema {name!r}", hint=f"there is: {', '.join(options.SCHEMAS)}")
    else:
        folder = files("treatydiff") / "schemas"
        out.write((folder / f"{name}.json").read_text(encoding="utf-8"))
