"""One file with everything about a run: overview, units with their derivations and duties, assumptions, coverage."""

from engine.report.page.document import page_document
from engine.report.page.record import PageRecord

__all__ = ["PageRecord", "page_document"]
