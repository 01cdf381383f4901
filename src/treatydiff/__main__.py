"""The entry point: says the version at once, hands the rest to the command line."""

import os
import sys


def main() -> int:
    """Run the command line on sys.argv; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        from treatydiff import __version__

        try:
            os.write(1, f"treatydiff {__version__}\n".encode())
        except BrokenPipeError:
            pass
        except OSError as error:
            print(f"error: cannot write the result: {error.strerror}", file=sys.stderr)
            return 2
        return 0
    from treatydiff.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
