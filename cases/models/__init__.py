from cases.models.case import VerificationCase
from cases.models.case_event import CaseEvent, CaseNote
from cases.models.change_record import ChangeRecord, ChangeSequence
from cases.models.check import CheckFinding, CheckRule, CheckRun, CheckTwin
from cases.models.daily_figure import DailyFigure
from cases.models.declaration import Declaration
from cases.models.discrepancy import Discrepancy
from cases.models.match_run import MatchRun, RunSubject
from cases.models.release import Release, ReleaseCase, ReleaseClass
from cases.models.review import ReviewJudgement, ReviewLoan, ReviewPair, ReviewSample
from cases.models.verdict import Candidate, Refusal, Verdict

__all__ = [
    "Candidate",
    "CaseEvent",
    "CaseNote",
    "ChangeRecord",
    "ChangeSequence",
    "CheckFinding",
    "CheckRule",
    "CheckRun",
    "CheckTwin",
    "DailyFigure",
    "Declaration",
    "Discrepancy",
    "MatchRun",
    "Refusal",
    "Release",
    "ReleaseCase",
    "ReleaseClass",
    "ReviewJudgement",
    "ReviewLoan",
    "ReviewPair",
    "ReviewSample",
    "RunSubject",
    "Verdict",
    "VerificationCase",
]
