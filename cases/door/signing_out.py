"""Without a connection a telephone knows by the form token whether its officer is still signed in.

Signing in gives a new token; signing out must, too, or the page would open for whoever holds the telephone.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.middleware.csrf import rotate_token


@receiver(user_logged_out)
def on_sign_out(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    rotate_token(request)
