"""The commands of ``plumbline ledger``, a module each."""
