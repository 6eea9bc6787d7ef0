"""Pages: who decides what here, a seat's history, my mandate, signing in, and the forms of this room's acts."""
