"""The long work of this app, found here by `vehreg.jobs`."""

from cases.checks.job import RegisterCheck
from cases.confirmations.job import ConfirmLot, TakeBackLot
from cases.declarations.job import Reconciliation
from cases.outreach.file_job import OutreachFile
from cases.outreach.job import ReadWards
from cases.releases.job import DrawLot, ReleaseLot, TakeBackRelease
from cases.review.drawing import DrawSample
from cases.runs.comparing_job import RunComparison
from cases.runs.job import MatchingRun
from cases.services.bulk import BulkCases

__all__ = [
    "BulkCases",
    "ConfirmLot",
    "DrawLot",
    "DrawSample",
    "MatchingRun",
    "OutreachFile",
    "ReadWards",
    "Reconciliation",
    "RegisterCheck",
    "ReleaseLot",
    "RunComparison",
    "TakeBackLot",
    "TakeBackRelease",
]
