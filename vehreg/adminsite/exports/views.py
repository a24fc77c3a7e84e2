"""The pages of exports: order one, see how far it is, fetch it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vehreg.accounts.models import User
from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite.counting import count_words, patient_count
from vehreg.adminsite.exports.files import Format
from vehreg.adminsite.exports.orders import EXPORT_PERMISSION, KIND, Order
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.jobs.models import Job
from vehreg.jobs.services import start_job
from vehreg.madefiles.pages import files_context, own_file


class OrderForm(forms.Form):
    file_format = forms.ChoiceField(
        label=gettext_lazy("format"), choices=Format.choices, widget=forms.RadioSelect, initial=Format.XLSX
    )
    columns = forms.MultipleChoiceField(label=gettext_lazy("columns"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, columns: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["columns"]
        chosen.choices = columns
        chosen.initial = [path for path, _label in columns]


def may_export(user: Any, model_admin: Any) -> bool:
    return bool(model_admin.resource) and user.has_perm(EXPORT_PERMISSION)


def order_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Choose columns and format for the rows of the list the user came from; a job writes the file."""
    if not may_export(request.user, model_admin) or not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = OrderForm(request.POST or None, columns=model_admin.resource.choices())
    query = _list_query(request)
    if request.method == "POST" and form.is_valid():
        return _place(request, _order(request, model_admin, form, query))
    rows = Order(model_admin.model._meta.label_lower, query, [], Format.CSV, False).rows(_user(request))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Export: %(register)s") % {"register": model_admin.model._meta.verbose_name_plural},
        "form": form,
        "count": count_words(patient_count(rows)),
        "whole": stated_purpose(request) is not None,
        "opts": model_admin.model._meta,
        "back": f"{reverse(_list_name(model_admin))}?{query}",
    }
    return TemplateResponse(request, "admin/export_order.html", context)


def exports_view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The user's own exports, newest first."""
    if not request.user.has_perm(EXPORT_PERMISSION):
        raise PermissionDenied
    files = files_context(KIND, _user(request), _register_of)
    return TemplateResponse(request, "admin/exports.html", {**context, "title": _("Exports"), **files})


def download_view(request: HttpRequest, job_id: int) -> FileResponse:
    """The file, for the one who ordered it and nobody else."""
    if not request.user.has_perm(EXPORT_PERMISSION):
        raise PermissionDenied
    job, path = own_file(KIND, _user(request), job_id)
    order = Order.unpack(job.params)
    detail = {"job": job.pk, "rows": job.result["rows"], "downloaded": True}
    record(AuditEvent.Kind.EXPORT, request=request, subject_type=order.model.split(".")[1], detail=detail)
    name = f"{order.model.split('.')[1]}-{job.pk}.{order.file_format}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _register_of(job: Job) -> str:
    return str(Order.unpack(job.params).model_admin.model._meta.verbose_name_plural)


def _order(request: HttpRequest, model_admin: Any, form: OrderForm, query: str) -> Order:
    return Order(
        model=model_admin.model._meta.label_lower,
        query=query,
        columns=form.cleaned_data["columns"],
        file_format=form.cleaned_data["file_format"],
        whole=stated_purpose(request) is not None,
    )


def _place(request: HttpRequest, order: Order) -> HttpResponseRedirect:
    user = _user(request)
    job: Job = start_job(kind=KIND, params=order.pack(), user=user)
    record(
        AuditEvent.Kind.EXPORT,
        request=request,
        subject_type=order.model.split(".")[1],
        purpose=stated_purpose(request) or "",
        detail={
            "job": job.pk,
            "filter": order.filter_words(),
            "columns": order.columns,
            "format": order.file_format,
            "whole_numbers": order.whole,
            "count": patient_count(order.rows(user)),
        },
    )
    messages.success(request, _("The export has been ordered. It is ready in a moment."))
    return HttpResponseRedirect(reverse("admin:exports"))


def _list_query(request: HttpRequest) -> str:
    given = request.GET.copy()
    for name in ("after", "before", "p"):
        given.pop(name, None)
    return given.urlencode()


def _list_name(model_admin: Any) -> str:
    meta = model_admin.model._meta
    return f"admin:{meta.app_label}_{meta.model_name}_changelist"


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
