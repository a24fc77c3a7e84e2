"""The campaign's days."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.progress.campaign import Campaign, current_campaign
from registry.models import Delivery
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_is_what_the_settings_say(settings):
    settings.CAMPAIGN_START, settings.CAMPAIGN_END = "2025-11-01", "2025-12-31"
    assert current_campaign() == Campaign(date(2025, 11, 1), date(2025, 12, 31))


def test_without_settings_it_is_sixty_days_from_the_first_delivery():
    delivery = factories.delivery()
    Delivery.objects.filter(pk=delivery.pk).update(delivered_at=timezone.now() - timedelta(days=12))
    factories.delivery()
    campaign = current_campaign()
    assert campaign.start == timezone.localdate() - timedelta(days=12)
    assert campaign.length == 60
    assert campaign.day_number(timezone.localdate()) == 13


def test_a_refused_file_begins_nothing():
    delivery = factories.delivery(state="refused")
    Delivery.objects.filter(pk=delivery.pk).update(delivered_at=timezone.now() - timedelta(days=12))
    assert current_campaign().start == timezone.localdate()


def test_the_day_never_leaves_the_campaign():
    campaign = Campaign(date(2025, 11, 1), date(2025, 12, 30))
    assert campaign.day_number(date(2025, 10, 1)) == 1
    assert campaign.day_number(date(2026, 2, 1)) == 60
