"""Who may look at a job, and who may stop it or set it going again: who started it, and some roles."""

from django.contrib.auth.models import AnonymousUser

from vehreg.accounts.models import User
from vehreg.jobs.models import Job


def may_see(user: User | AnonymousUser, job: Job) -> bool:
    return _started(user, job) or user.has_perm("jobs.view_job")


def may_steer(user: User | AnonymousUser, job: Job) -> bool:
    return _started(user, job) or user.has_perm("jobs.change_job")


def _started(user: User | AnonymousUser, job: Job) -> bool:
    return isinstance(user, User) and user.is_active and job.created_by_id == user.pk
