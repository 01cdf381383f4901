"""The entry point: says the version at once, hands the rest to the command line."""

import sys


def main() -> int:
    """Run the command line on sys.argv; returns the exit code."""
    # A pipe may be closed or a disk full; the command line knows what to do then.
    if sys.argv[1:] == ["--version"] and sys.stdout is not None and sys.stdout.isatty():
        from treatydiff import __version__

        print(f"treatydiff {__version__}")
        return 0
    from treatydiff.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
