"""The admin's pages of cases: thin faces on `cases.desk`, `cases.queues` and `cases.services`."""

from cases.admin.case import VerificationCaseAdmin

__all__ = ["VerificationCaseAdmin"]
