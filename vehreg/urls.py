"""Where everything is."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import SimpleRouter

from cases.api.views import ROUTES as CASES_ROUTES
from registry.api.views import ROUTES as REGISTRY_ROUTES

router = SimpleRouter()
for name, view_set in (REGISTRY_ROUTES | CASES_ROUTES).items():
    router.register(name, view_set, basename=name)

SIGNED_IN = [IsAuthenticated]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("api/v1/", include((router.urls, "api"))),
    path("api/schema/", SpectacularAPIView.as_view(permission_classes=SIGNED_IN), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(permission_classes=SIGNED_IN), name="api_docs"),
]
