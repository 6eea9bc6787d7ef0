"""Comuna: the program with which a self-governing commune runs itself."""

__version__ = "0.1.0"
