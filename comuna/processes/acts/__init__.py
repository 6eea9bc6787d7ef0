"""The verbs of processes, by noun."""

from comuna.processes.acts.beginning import BeginProcess, StopProcess
from comuna.processes.acts.stepping import PollRow, RecordStep, UndoStep

__all__ = ["BeginProcess", "PollRow", "RecordStep", "StopProcess", "UndoStep"]
