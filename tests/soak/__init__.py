"""Kills and power cuts: a real server on a throw-away home, hurt at random moments, and judged afterwards.

``script/soak`` runs the full numbers by hand; ``test_kills`` and ``test_cuts`` draw a few anew at every long
test. A *kill* ends the process and leaves the operating system alone: whatever was written stays. A *cut*
takes the disk back to what was synced before it, and to a random part of what was not.
"""
