"""Where everything is."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import SimpleRouter

from cases.api.check import CheckView
from cases.api.declarations import DeclarationViewSet
from cases.api.views import ROUTES as CASES_ROUTES
from cases.photographs.api import PhotographsView
from registry.api.views import ROUTES as REGISTRY_ROUTES
from vehreg.clients.problems import nothing_here
from vehreg.clients.tokens import ClientRevokeView, ClientTokenView

router = SimpleRouter()
for name, view_set in (REGISTRY_ROUTES | CASES_ROUTES).items():
    router.register(name, view_set, basename=name)

# What other systems call stands without the slash at the end, too: a redirect would lose what they send.
for_systems = [
    path("v1/declarations", DeclarationViewSet.as_view({"get": "list", "post": "create"}, schema=None)),
    path("v1/declarations/<int:pk>", DeclarationViewSet.as_view({"get": "retrieve"}, schema=None)),
    path("v1/declarations/<int:pk>/photographs", PhotographsView.as_view(), name="declaration_photographs"),
    path("v1/declarations/<int:pk>/photographs/", PhotographsView.as_view(schema=None)),
    path("v1/check", CheckView.as_view(), name="check"),
    path("v1/check/", CheckView.as_view(schema=None)),
    path("oauth/token", ClientTokenView.as_view(), name="token"),
    path("oauth/token/", ClientTokenView.as_view()),
    path("oauth/revoke", ClientRevokeView.as_view(), name="revoke_token"),
    path("oauth/revoke/", ClientRevokeView.as_view()),
]

SIGNED_IN = [IsAuthenticated]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("door/", include("cases.door.urls")),
    path("api/v1/", include((router.urls, "api"))),
    path("api/", include(for_systems)),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=SIGNED_IN), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(permission_classes=SIGNED_IN), name="api_docs"),
    # Programs are told in their own language that there is nothing.
    path("api/<path:rest>", nothing_here),
]
