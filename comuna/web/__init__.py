"""The top floor: addresses, settings, the home page and the pages of the books.

This is where the pieces are plugged together: the home folder is named, the authority of the mandates is
given to the door, and every room's pages get their addresses.
"""
