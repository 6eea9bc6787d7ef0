"""Pages of assemblies: what is convened, the session while it runs, its minutes, what became of decisions."""
