"""The pages of one class: its rule in words with what it takes now; the form that makes or changes one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cases.admin.release_class_form import ReleaseClassForm
from cases.admin.release_list import release_cells
from cases.admin.release_steps import DEFINE, DRAW
from cases.lots.plans import PlanImpossible, plan_for
from cases.models import Release, ReleaseClass
from cases.models.release import ReleaseState
from cases.releases.classes import class_change, class_define
from cases.releases.lots import lot_sizes
from cases.releases.rules import from_json
from cases.releases.words import accepted_how_often, asked_sentence, plan_sentence, rule_facts
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.counting import COUNT_CAP, count_words
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel, page_of
from vehreg.adminsite.steps import officer
from vehreg.adminsite.words import words
from vehreg.jobs.kinds import Refused


def class_view(model_admin: BaseAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """One version of a class: what it takes, what a lot of it would be now, what was drawn from it."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if not object_id.isdigit():
        raise Http404
    found = get_object_or_404(ReleaseClass, pk=int(object_id))
    context = model_admin.admin_site.each_context(request) | _context(request, found)
    return TemplateResponse(
        request, "admin/cases/release_class/detail.html", context | {"opts": model_admin.opts}
    )


def define_view(model_admin: BaseAdmin, request: HttpRequest) -> HttpResponse:
    """A new class."""
    user = officer(request, DEFINE)
    form = ReleaseClassForm(request.POST or None, initial={"registers": ["owner", "licence"]})
    if request.method == "POST" and form.is_valid():
        try:
            made = class_define(name=form.cleaned_data["name"], rule=form.rule(), user=user, **form.plan())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(page_of(made))
    return _form_page(model_admin, request, form, _("Define a release class"))


def change_rule_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of a class."""
    user = officer(request, DEFINE)
    old = get_object_or_404(ReleaseClass, pk=pk)
    form = ReleaseClassForm(request.POST or None, changing=old)
    if request.method == "POST" and form.is_valid():
        try:
            made = class_change(old=old, rule=form.rule(), user=user, **form.plan())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(page_of(made))
    title = _("Change: %(name)s") % {"name": old.title}
    return _form_page(model_admin, request, form, title, page_of(old))


def _form_page(
    model_admin: BaseAdmin, request: HttpRequest, form: ReleaseClassForm, title: str, back: str = ""
) -> HttpResponse:
    context = model_admin.admin_site.each_context(request) | {
        "title": title,
        "opts": model_admin.opts,
        "form": form,
        "back": back,
    }
    return TemplateResponse(request, "admin/cases/release_class/form.html", context)


def _context(request: HttpRequest, found: ReleaseClass) -> dict[str, Any]:
    size = lot_sizes({found.code: from_json(found.rule)})[found.code]
    present = found.replaced_at is None
    rejected = found.releases.filter(state=ReleaseState.REJECTED).exists()
    return {
        "title": str(found),
        "release_class": found,
        "facts": rule_facts(found),
        "asked": asked_sentence(found),
        "size": count_words(size),
        "plan": _plan(found, size),
        "may_draw": present and size != 0 and not rejected and request.user.has_perm(DRAW),
        "rejected": rejected,
        "may_change": present and request.user.has_perm(DEFINE),
        "panels": [_releases(found), _versions(found)],
    }


def _plan(found: ReleaseClass, size: int | None) -> dict[str, Any] | None:
    """What would be drawn now; None where no sample could prove what is asked."""
    if not size:
        return None
    try:
        plan = plan_for(
            min(size, COUNT_CAP),
            limit=found.wrong_limit,
            confidence=found.confidence,
            allowed=found.allowed,
        )
    except PlanImpossible:
        return {"impossible": True}
    return {"sentence": plan_sentence(plan), "points": accepted_how_often(plan)}


def _releases(found: ReleaseClass) -> Panel:
    drawn = Release.objects.filter(class_code=found.code).select_related("release_class")
    return Panel(
        _("Lots of this class"),
        columns=[_("no."), _("version"), _("state"), _("cases"), _("drawn")],
        rows=[release_cells(one) for one in drawn.order_by("-pk")[:PANEL_ROWS]],
        empty=_("No lot has been drawn."),
    )


def _versions(found: ReleaseClass) -> Panel:
    versions = ReleaseClass.objects.filter(code=found.code).order_by("-version")[:PANEL_ROWS]
    rows = [
        [
            Cell(f"v{one.version}", url=page_of(one)),
            Cell(words(one.made_at)),
            Cell(one.made_by_name or _("built in")),
            Cell(asked_sentence(one)),
        ]
        for one in versions
    ]
    return Panel(
        _("Versions"), columns=[_("version"), _("made at"), _("made by"), _("asks of the sample")], rows=rows
    )
