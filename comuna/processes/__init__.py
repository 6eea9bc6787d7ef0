"""Processes with dated steps and deadlines: how a commune is founded, how a council renews its mandates.

The statute names the steps, who records them and until when each is due; a *process* begins on a day, each step is
recorded with the session or paper it rests on, and a step that is a vote with its roll, its ballots, its turnout and
whether both were enough. What nobody can carry on is stopped, with the reason, and begun anew.
"""
