"""The policy project: YAML files → validated models → one linked, immutable Policy."""

from engine.project.files import find_root
from engine.project.load import LoadResult, load

__all__ = ["LoadResult", "find_root", "load"]
