"""The program as a person starts it: a process of its own, found by the address that it prints."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 600  # seconds; generous, since nothing here is about speed


class Program:
    """A running `python -m bot` and what it has printed so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.printed = ""

    async def says(self, pattern: str) -> re.Match[str]:
        """Wait for a line that matches."""
        while not (found := re.search(pattern, self.printed)):
            assert self._process.stdout is not None
            line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
            assert line, f"The program ended without saying {pattern!r}:\n{self.printed}"
            self.printed += line.decode()
        return found

    def resident_kib(self) -> int:
        """The memory that the process holds now, in KiB, as Linux counts it."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    async def ends(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop and return its exit code."""
        self._process.send_signal(how)
        return await asyncio.wait_for(self._process.wait(), PATIENCE)


@asynccontextmanager
async def program(data: Path, *arguments: str) -> AsyncIterator[Program]:
    """Start the program with a data folder of its own; it is killed if the test leaves it running."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "CADENCE_"))
    }
    environment = inherited | {"CADENCE_DATA": str(data), "CADENCE_PORT": "0", "DATABASE_URL": ""}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=2**20,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
