"""The rule of lots in the admin: which is in force, those before it, another from now on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.confirmations.rules import out_of_bounds
from cases.lots.words import percent
from cases.models import ConfirmationRule
from vehreg.accounts.models import User
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import DATA, add_link
from vehreg.adminsite.steps import put_on_trail
from vehreg.adminsite.words import NOTHING, count

add_link(
    DATA, 35, _("Rules of confirmation"), "admin:cases_confirmationrule_changelist",
    "cases.view_confirmationrule",
)  # fmt: skip


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """The figures of a sample; shares as parts of one."""

    class Meta:
        model = ConfirmationRule
        fields = ("wrong_limit", "confidence", "allowed", "most")

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if not self.errors and out_of_bounds(**asked):
            raise forms.ValidationError(_t("These figures of the sample are out of bounds."))
        return asked


@admin.register(ConfirmationRule)
class ConfirmationRuleAdmin(BaseAdmin):
    """The newest is in force. A change is a new rule; lots under way keep theirs."""

    looks_are_recorded = False  # nobody is named
    can_add = True
    form = RuleForm
    list_display = ("number", "limit_shown", "confidence_shown", "allowed", "most_shown", "made")
    ordering = ("-id",)
    fieldsets = ((None, {"fields": ("wrong_limit", "confidence", "allowed", "most")}),)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        obj.made_by, obj.made_by_name = request.user, str(request.user)
        super().save_model(request, obj, form, change)
        put_on_trail(request, obj, "make", **form.cleaned_data)

    @admin.display(description=_("no."))
    def number(self, rule: ConfirmationRule) -> str:
        return str(rule)

    @admin.display(description=_("errors from which a lot is to be rejected"))
    def limit_shown(self, rule: ConfirmationRule) -> str:
        return percent(rule.wrong_limit)

    @admin.display(description=_("confidence"))
    def confidence_shown(self, rule: ConfirmationRule) -> str:
        return percent(rule.confidence)

    @admin.display(description=_("declarations of a lot at most"))
    def most_shown(self, rule: ConfirmationRule) -> str:
        return count(rule.most)

    @admin.display(description=_("made by"))
    def made(self, rule: ConfirmationRule) -> str:
        return rule.made_by_name or NOTHING
