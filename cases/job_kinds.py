"""The long work of this app, found here by `vehreg.jobs`."""

from cases.declarations.job import Reconciliation
from cases.runs.job import MatchingRun
from cases.services.bulk import BulkCases

__all__ = ["BulkCases", "MatchingRun", "Reconciliation"]
