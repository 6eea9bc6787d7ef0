"""The verbs of assemblies, by noun."""

from comuna.assemblies.acts.adjourning import Adjourn
from comuna.assemblies.acts.calling import MakeCall, UndoCall
from comuna.assemblies.acts.convening import AddAgendaItem, AgendaRow, CancelSession, Convene
from comuna.assemblies.acts.deciding import FollowUpResolution, PutMotion, RecordCount, UndoCount, UndoMotion
from comuna.assemblies.acts.moving import MoveSession
from comuna.assemblies.acts.printing import PrintCertified
from comuna.assemblies.acts.sitting import CloseSession, PresentRow, RecordAttendance, UndoAttendance

__all__ = [
    "AddAgendaItem",
    "Adjourn",
    "AgendaRow",
    "CancelSession",
    "CloseSession",
    "Convene",
    "FollowUpResolution",
    "MakeCall",
    "MoveSession",
    "PresentRow",
    "PrintCertified",
    "PutMotion",
    "RecordAttendance",
    "RecordCount",
    "UndoAttendance",
    "UndoCall",
    "UndoCount",
    "UndoMotion",
]
