"""The verbs of assemblies, by noun."""

from comuna.assemblies.acts.adjourning import Adjourn
from comuna.assemblies.acts.agenda import AddAgendaItem, CorrectItem, StrikeItem
from comuna.assemblies.acts.amending import VoteFirst, WithdrawMotion
from comuna.assemblies.acts.by_hands import RecordCount, RecordDiffering
from comuna.assemblies.acts.by_name import RecordNames, SeatVoteRow, Vote
from comuna.assemblies.acts.by_paper import RecordPapers
from comuna.assemblies.acts.calling import MakeCall, UndoCall
from comuna.assemblies.acts.convening import AgendaRow, CancelSession, Convene
from comuna.assemblies.acts.deciding import FollowUpResolution, PutMotion, UndoMotion
from comuna.assemblies.acts.instructing import Instruct, UndoInstruction
from comuna.assemblies.acts.leaving import RecordLeaving, UndoLeaving
from comuna.assemblies.acts.moving import MoveSession
from comuna.assemblies.acts.notes import UndoNote, WriteNote
from comuna.assemblies.acts.noticing import RecordNotice, UndoNotice
from comuna.assemblies.acts.past import ImportSessions, UndoSessionImport
from comuna.assemblies.acts.printing import PrintCertified
from comuna.assemblies.acts.regular import MoveMeeting
from comuna.assemblies.acts.sitting import CloseSession, PresentRow, RecordAttendance, UndoAttendance
from comuna.assemblies.acts.stating import PublishStatement, WithdrawStatement
from comuna.assemblies.acts.voting import UndoCount

__all__ = [
    "AddAgendaItem",
    "Adjourn",
    "AgendaRow",
    "CancelSession",
    "CloseSession",
    "Convene",
    "CorrectItem",
    "FollowUpResolution",
    "ImportSessions",
    "Instruct",
    "MakeCall",
    "MoveMeeting",
    "MoveSession",
    "PresentRow",
    "PrintCertified",
    "PublishStatement",
    "PutMotion",
    "RecordAttendance",
    "RecordCount",
    "RecordDiffering",
    "RecordLeaving",
    "RecordNames",
    "RecordNotice",
    "RecordPapers",
    "SeatVoteRow",
    "StrikeItem",
    "UndoAttendance",
    "UndoCall",
    "UndoCount",
    "UndoInstruction",
    "UndoLeaving",
    "UndoMotion",
    "UndoNote",
    "UndoNotice",
    "UndoSessionImport",
    "Vote",
    "VoteFirst",
    "WithdrawMotion",
    "WithdrawStatement",
    "WriteNote",
]
