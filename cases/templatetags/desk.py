"""Filters of the case pages."""

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from cases.workflow import Words
from cases.workflow import past_of as _past_of

register = template.Library()


@register.filter
def past_of(move: str) -> Words:
    """A step's stored name as the timeline tells it."""
    return _past_of(move)


@register.filter
def share(score: float) -> str:
    """A probability as people read it: 98,7 %; never 100 % or 0 % for what is only nearly so."""
    if score < 0.001:
        return _("< 0.1 %")
    if score > 0.999:
        return _("> 99.9 %")
    return f"{formats.number_format(score * 100, decimal_pos=1)} %"


@register.filter
def signed_bits(bits: float) -> str:
    """Bits for or against: +8,0 or −2,5; the sign always stands."""
    sign = "−" if bits < -0.05 else "+" if bits > 0.05 else ""
    return f"{sign}{formats.number_format(abs(bits), decimal_pos=1)}"


@register.filter
def css_percent(value: float) -> str:
    """A percentage for a style attribute, whatever the language's decimal sign."""
    return f"{value:.1f}%"


@register.filter
def absolute(value: int) -> int:
    return abs(value)
