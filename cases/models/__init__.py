from cases.models.block import BlockCount, ChangedBlock, TwinNumber
from cases.models.case import VerificationCase
from cases.models.case_event import CaseEvent, CaseNote
from cases.models.change_record import ChangeRecord, ChangeSequence
from cases.models.check import CheckFinding, CheckRule, CheckRun, CheckTwin
from cases.models.confirmation import (
    Confirmation,
    ConfirmationLot,
    ConfirmationRule,
    LotDeclaration,
    LotSample,
)
from cases.models.counted import CountedLicence, CountedOwner, CountedVehicle
from cases.models.daily_figure import DailyFigure
from cases.models.declaration import Declaration
from cases.models.discrepancy import Discrepancy
from cases.models.doorstep import Doorstep, UndeclaredCount
from cases.models.match_run import MatchRun, RunSubject
from cases.models.photograph import Photograph
from cases.models.posting import Posting
from cases.models.receipt import Receipt, RefusedDeclaration
from cases.models.release import Release, ReleaseCase, ReleaseClass
from cases.models.review import ReviewJudgement, ReviewLoan, ReviewPair, ReviewSample
from cases.models.tally import CountBasis, Tally, TallyChange
from cases.models.verdict import Candidate, Refusal, Verdict

__all__ = [
    "BlockCount",
    "Candidate",
    "CaseEvent",
    "CaseNote",
    "ChangeRecord",
    "ChangeSequence",
    "ChangedBlock",
    "CheckFinding",
    "CheckRule",
    "CheckRun",
    "CheckTwin",
    "Confirmation",
    "ConfirmationLot",
    "ConfirmationRule",
    "CountBasis",
    "CountedLicence",
    "CountedOwner",
    "CountedVehicle",
    "DailyFigure",
    "Declaration",
    "Discrepancy",
    "Doorstep",
    "LotDeclaration",
    "LotSample",
    "MatchRun",
    "Photograph",
    "Posting",
    "Receipt",
    "Refusal",
    "RefusedDeclaration",
    "Release",
    "ReleaseCase",
    "ReleaseClass",
    "ReviewJudgement",
    "ReviewLoan",
    "ReviewPair",
    "ReviewSample",
    "RunSubject",
    "Tally",
    "TallyChange",
    "TwinNumber",
    "UndeclaredCount",
    "Verdict",
    "VerificationCase",
]
