"""Timing in pairs: A B A B …, so that the ratio holds while the machine's speed drifts."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """One finished process: CPU seconds (user and system) and peak memory in MiB."""

    cpu: float
    peak: float


def process(command: Sequence[str]) -> Run:
    """Run a command to its end, output thrown away; raises when it fails."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def process_ratio(
    command: Sequence[str], reference: Sequence[str], *, runs: int
) -> tuple[float, float]:
    """The median ratio of CPU time to the reference's, and the command's peak memory."""
    process(command), process(reference)
    pairs = [(process(command), process(reference)) for _ in range(runs)]
    ratio = statistics.median(one.cpu / other.cpu for one, other in pairs)
    return ratio, max(one.peak for one, _ in pairs)


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
