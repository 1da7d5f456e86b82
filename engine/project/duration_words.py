"""How working days are written: `10 working days`, `10个工作日`, or a number parameter instead of the 10."""

from __future__ import annotations

import re

WORKING_DAYS = re.compile(r"(?P<n>.+?)\s*(?:working days?|个?工作日)")
