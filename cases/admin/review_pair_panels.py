"""A settled pair on its page, and the columns of pairs that may be exported."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.desk.marks import Pieces
from cases.models import ReviewPair
from cases.review.shown import pair_rows
from vehreg.adminsite.exports.resource import Column, RegisterResource
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import Cell, Panel
from vehreg.adminsite.words import NOTHING, words


class PairResource(RegisterResource):
    """Pairs with their outcome and every judge's answer, without names: for statistics outside."""

    related = ("verdict", "sample")
    columns = (
        Column("sample_id", gettext_lazy("sample")),
        Column("sample__run_id", gettext_lazy("matching run")),
        Column("sample__purpose", gettext_lazy("purpose")),
        Column("position", gettext_lazy("position")),
        Column("register", gettext_lazy("register")),
        Column("subject_id", gettext_lazy("entry")),
        Column("stratum", gettext_lazy("stratum")),
        Column("verdict__verdict", gettext_lazy("verdict")),
        Column("verdict__score", gettext_lazy("score")),
        Column("outcome", gettext_lazy("outcome")),
        Column("answers", gettext_lazy("answers")),
        Column("settled_at", gettext_lazy("settled at")),
    )

    def prepare(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return super().prepare(rows).prefetch_related("judgements")


def sides_panel(request: HttpRequest, pair: ReviewPair) -> Panel:
    """What both registers said on the day of the draw."""
    rows = [
        [Cell(row.label), Cell(_text(row.register)), Cell(_text(row.population))]
        for row in pair_rows(pair, whole=is_whole(pair))
    ]
    columns = [_("field"), _("Register"), _("Population register")]
    return Panel(_("As drawn"), columns=columns, rows=rows, wide=True)


def judgements_panel(request: HttpRequest, pair: ReviewPair) -> Panel:
    """Who answered what, in order; the third is whoever decided a disagreement."""
    rows = [
        [Cell(one.officer_name), Cell(one.get_answer_display()), Cell(words(one.at))]
        for one in pair.judgements.all()
    ]
    return Panel(_("Judgements"), columns=[_("officer"), _("answer"), _("at")], rows=rows)


def _text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces) or NOTHING
