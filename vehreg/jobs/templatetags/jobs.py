"""What the bar shows before its script has asked for the first time."""

from django import template
from django.contrib.auth.models import AnonymousUser

from vehreg.accounts.models import User
from vehreg.jobs import rights, telling
from vehreg.jobs.models import RETRYABLE_STATES, Job

register = template.Library()


@register.filter
def job_headline(job: Job) -> str:
    return telling.headline(job)


@register.filter
def job_figures(job: Job) -> str:
    return telling.figures(job, telling.speed(job))


@register.filter
def job_percent(job: Job) -> int:
    return telling.percent(job)


@register.filter
def is_retryable(job: Job) -> bool:
    return job.state in RETRYABLE_STATES


@register.filter
def may_steer(user: User | AnonymousUser, job: Job) -> bool:
    return rights.may_steer(user, job)
