"""The entry point: says the version at once, hands the rest to the command line."""

import contextlib
import os
import sys


def main() -> int:
    """Run the command line on sys.argv; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        from treatydiff import __version__

        with contextlib.suppress(OSError):  # a closed pipe is no error
            os.write(1, f"treatydiff {__version__}\n".encode())
        return 0
    from treatydiff.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
