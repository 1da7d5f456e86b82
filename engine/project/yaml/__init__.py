"""YAML with the line and column of every key and value, and every error in the reader's own words.

``read_yaml`` and ``parse_yaml`` give a ``ReadResult``; nothing here raises for what a file contains.
"""

from __future__ import annotations

from engine.project.yaml.document import DataPath, Document, Style
from engine.project.yaml.reader import ReadResult, parse_yaml, read_yaml

__all__ = ["DataPath", "Document", "ReadResult", "Style", "parse_yaml", "read_yaml"]
