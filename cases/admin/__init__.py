"""The admin's pages of cases: thin faces on `cases.desk`, `cases.queues` and `cases.services`."""

from cases.admin import alerts, front_page, menu, quality_filter
from cases.admin.case import VerificationCaseAdmin
from cases.admin.change_record import ChangeRecordAdmin
from cases.admin.checks import CheckRuleAdmin
from cases.admin.confirmation import ConfirmationAdmin
from cases.admin.confirmation_lot import ConfirmationLotAdmin
from cases.admin.confirmation_rule import ConfirmationRuleAdmin
from cases.admin.declaration import DeclarationAdmin
from cases.admin.match_run import MatchRunAdmin
from cases.admin.outreach.doorstep import DoorstepAdmin
from cases.admin.posting import PostingAdmin
from cases.admin.release import ReleaseAdmin
from cases.admin.release_class import ReleaseClassAdmin
from cases.admin.review import ReviewPairAdmin, ReviewSampleAdmin
from cases.admin.wards import DailyFigureAdmin

__all__ = [
    "ChangeRecordAdmin",
    "CheckRuleAdmin",
    "ConfirmationAdmin",
    "ConfirmationLotAdmin",
    "ConfirmationRuleAdmin",
    "DailyFigureAdmin",
    "DeclarationAdmin",
    "DoorstepAdmin",
    "MatchRunAdmin",
    "PostingAdmin",
    "ReleaseAdmin",
    "ReleaseClassAdmin",
    "ReviewPairAdmin",
    "ReviewSampleAdmin",
    "VerificationCaseAdmin",
    "alerts",
    "front_page",
    "menu",
    "quality_filter",
]
