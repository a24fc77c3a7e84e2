"""Connected systems: made, given a new secret, and what is old of them forgotten."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import AccessToken, clear_expired

from vehreg.clients.models import Client, StoredAnswer

# Days in which a repeated key gets the same answer again.
ANSWERS_KEPT: Final = 7


def create_client(*, name: str, channel: str, scopes: list[str] | None = None) -> tuple[Client, str]:
    """A new system and its secret, which is readable only now."""
    secret = generate_client_secret()
    client = Client(name=name, channel=channel, client_secret=secret)
    if scopes is not None:
        client.scopes = scopes
    client.save()
    return client, secret


def renew_secret(*, client: Client) -> str:
    """A new secret, readable only now. Tokens made with the old one end at once."""
    secret = str(generate_client_secret())
    with transaction.atomic():
        client.client_secret = secret
        client.save(update_fields=["client_secret", "updated"])
        AccessToken.objects.filter(application=client).delete()
    return secret


def forget_old() -> None:
    """Answers nobody repeats any more, and tokens that have run out."""
    before = timezone.now() - timedelta(days=ANSWERS_KEPT)
    StoredAnswer.objects.filter(at__lt=before)._raw_delete("default")
    clear_expired()
