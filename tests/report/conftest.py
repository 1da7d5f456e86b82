"""The lantern plan's helper lies beside the tests of explanations."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "explain"))
