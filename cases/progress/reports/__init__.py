"""Reports of a day, to take along: what stands in each, and how it is written as Excel and PDF."""

from cases.progress.reports.registry import REPORTS, Report, make_report, report_named

__all__ = ["REPORTS", "Report", "make_report", "report_named"]
