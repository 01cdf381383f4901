"""Timing in pairs: A B A B …, so that the ratio holds while the machine's speed drifts."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

# As an installed program runs: with its bytecode kept.
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


def process(command: Sequence[str]) -> float:
    """CPU seconds (user and system) of a command run to its end; raises when it fails."""
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    cpu: float = usage.ru_utime + usage.ru_stime
    return cpu


def process_ratio(command: Sequence[str], reference: Sequence[str], *, runs: int) -> float:
    """The median ratio of a command's CPU time to the reference's."""
    process(command), process(reference)
    pairs = [(process(command), process(reference)) for _ in range(runs)]
    return statistics.median(one / other for one, other in pairs)


def peak_memory(arguments: Sequence[str]) -> float:
    """Peak memory in MiB of treatydiff run with these arguments (Linux).

    Read off the process itself: what wait4 reports includes the memory of its parent.
    """
    code = (
        "import sys; from treatydiff.__main__ import main; main()\n"
        "lines = open('/proc/self/status').read().splitlines()\n"
        "print(*(line.split()[1] for line in lines if line.startswith('VmHWM')), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, check=True, env=_ENVIRONMENT)
    return int(done.stderr) / 1024


def call_ratio(
    call: Callable[[], object], reference: Callable[[], object], *, runs: int
) -> tuple[float, float]:
    """The median ratio of two calls timed in turn, and the median seconds of the first."""
    pairs = [(seconds(call), seconds(reference)) for _ in range(runs)]
    ratio = statistics.median(one / other for one, other in pairs)
    return ratio, statistics.median(one for one, _ in pairs)


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    call()
    return time.process_time() - begun
