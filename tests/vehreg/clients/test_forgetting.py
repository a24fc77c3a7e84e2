"""What is old of connected systems is forgotten by the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone
from oauth2_provider.models import AccessToken

from vehreg.clients.models import StoredAnswer
from vehreg.clients.services import create_client
from vehreg.clients.tasks import forget_old_answers

pytestmark = pytest.mark.django_db


def test_old_answers_and_ended_tokens_go_and_the_others_stay() -> None:
    client, _secret = create_client(name="iHanoi", channel="ihanoi")
    now = timezone.now()
    for key, age in (("old", 8), ("new", 6)):
        StoredAnswer.objects.create(client=client, key=key, digest="x", status=200, body={})
        StoredAnswer.objects.filter(key=key).update(at=now - timedelta(days=age))
    for token, expires in (("ended", now - timedelta(days=1)), ("live", now + timedelta(hours=1))):
        AccessToken.objects.create(application=client, token=token, expires=expires)

    forget_old_answers()

    assert [answer.key for answer in StoredAnswer.objects.all()] == ["new"]
    assert [token.token for token in AccessToken.objects.all()] == ["live"]
