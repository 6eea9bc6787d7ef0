"""Tables made by hand, of invented people: small ones that fit together, and ways of spoiling them."""

from __future__ import annotations

from comuna.assemblies.papers import Table

Texts = dict[Table, str]

SESSIONS = """\
session,organ,title,held_on,called_at,place
A1,Asamblea de ciudadanas y ciudadanos,Asamblea de marzo,2019-03-09,09:00,Cancha
A2,Comité de aguas,Reunión de abril,2019-04-13,17:30,Casa comunal
"""
ATTENDANCE = """\
session,name,status,arrived_at,left_at
A1,Vocera Rosalba Quijada,present,09:00,11:30
A1,Teodoro Marcano,present,,
A1,Ninfa Belandria,remote,09:20,
A1,Eusebio Urbina,absent,,
A2,Rosalba Quijada,present,,
A2,Teodoro Marcano,present,,
A2,Eusebio Urbina,present,,
"""
MOTIONS = """\
motion,session,item,text,moved_by,seconded_by,method,result,for,against,abstain,amends
M1,A1,1 Tanque,Reparar el tanque de agua,Rosalba Quijada,Teodoro Marcano,names,passed,2,1,0,
M2,A1,1 Tanque,Repararlo antes de mayo,Teodoro Marcano,,hands,passed,3,0,,M1
M3,A2,2 Tuberías,"Pedir tubos,
y dos válvulas",Eusebio Urbina,,names,failed,1,1,1,
M4,A2,3 Cierre,Cerrar la reunión,,,unknown,unknown,,,,
"""
VOTES = """\
motion,name,choice
M1,Rosalba Quijada,for
M1,Teodoro Marcano,for
M1,Ninfa Belandria,against
M3,Rosalba Quijada,for
M3,Teodoro Marcano,against
M3,Eusebio Urbina,abstain
"""


def sound() -> Texts:
    """Tables in which nothing is to be found but one organ that the statute does not have."""
    return {Table.SESSIONS: SESSIONS, Table.ATTENDANCE: ATTENDANCE, Table.MOTIONS: MOTIONS, Table.VOTES: VOTES}


def files(texts: Texts) -> dict[Table, bytes | None]:
    return {table: text.encode() for table, text in texts.items()}


def spoilt(table: Table, before: str, after: str) -> Texts:
    """Sound tables but for one place, which must be there."""
    texts = sound()
    assert texts[table].count(before) == 1, f"{before!r} stands {texts[table].count(before)} times in {table}"
    texts[table] = texts[table].replace(before, after)
    return texts


def more(table: Table, *lines: str) -> Texts:
    """Sound tables with further rows at the end of one of them."""
    texts = sound()
    texts[table] += "".join(f"{line}\n" for line in lines)
    return texts
